import { type Chunk, type Compared, chunkBody, type ImportRequest, SeenTexts } from '../../../shared/imports/index.ts';
import type { Api } from '../target.ts';

/** What rows would do to what is there, added up over the chunks of a file. */
export function comparison(api: Api, request: ImportRequest) {
  const found = { fresh: 0, changed: 0, same: 0 };
  const strangers = new SeenTexts();
  return {
    take: async (chunk: Chunk): Promise<void> => {
      const { rows } = chunkBody(chunk);
      if (rows.length === 0) return;
      const one = await api.post<Compared & Record<string, unknown>>('/api/imports/compare', { request, rows });
      for (const part of ['fresh', 'changed', 'same'] as const) found[part] += one[part];
      for (const id of one.strangers) strangers.add(id);
    },
    sum: () => ({ ...found, newCustomers: strangers.count }),
  };
}
