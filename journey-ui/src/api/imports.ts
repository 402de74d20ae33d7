import { useQuery } from '@tanstack/react-query';
import type {
  ChunkBody,
  Compared,
  ImportedFile,
  ImportJob,
  ImportRequest,
  LineRange,
  RefusedRows,
  Tally,
} from '../../../shared/imports/index.ts';
import { ApiError, call, get, query, text } from './client.ts';
import type { Page } from './types.ts';

/** With the lines of the file that are done. */
export type OpenImport = ImportJob & { readonly done: readonly LineRange[] };

const path = (id: string, rest = ''): string => `/api/imports/${encodeURIComponent(id)}${rest}`;

export const useImports = () =>
  useQuery({ queryKey: ['imports'], queryFn: () => get<Page<ImportJob>>('/api/imports'), refetchInterval: 15_000 });

export const readImport = (id: string): Promise<OpenImport> => get(path(id));

export const beginImport = (file: ImportedFile, request: ImportRequest): Promise<OpenImport> =>
  call('POST', '/api/imports', { file, request });

/** A change of state: `pause`, `resume`, or `finish` with the last line of the file. */
export const tellImport = (id: string, what: 'pause' | 'resume' | 'finish', body: object = {}): Promise<OpenImport> =>
  patiently(() => call('POST', path(id, `/${what}`), body));

export const putRows = (id: string, chunk: ChunkBody): Promise<LineRange & { readonly tally: Tally }> =>
  patiently(() => call('POST', path(id, '/rows'), chunk));

export const compareRows = (request: ImportRequest, rows: RefusedRows['rows']): Promise<Compared> =>
  patiently(() => call('POST', '/api/imports/compare', { request, rows }));

/** The rows that were refused, as one CSV that can be mended and imported. */
export async function importErrors(id: string): Promise<Blob> {
  const parts: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await text(path(id, `/errors${query({ cursor })}`));
    parts.push(page.body);
    cursor = page.cursor;
  } while (cursor !== undefined);
  // The mark by which spreadsheets know UTF-8 is taken away when the text is read.
  return new Blob(['\ufeff', ...parts], { type: 'text/csv;charset=utf-8' });
}

const ATTEMPTS = 6;

/** Again after growing pauses while the service cannot be reached or is busy: an import of an hour meets that. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const { status } = error as ApiError;
      const passing = error instanceof ApiError && (status === 0 || status === 429 || status >= 500);
      if (!passing || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }
}
