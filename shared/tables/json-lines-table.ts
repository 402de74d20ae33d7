import type { TableFile, TableRecord, TableSource } from './table-file.ts';
import { TableRefused } from './table-refused.ts';
import { piecesOf } from './zip-entries.ts';

/** More than these no export has; the rest of a stranger's file is not looked at. */
const MOST_COLUMNS = 500;
const LONGEST_LINE = 1_000_000;

/**
 * Lines of JSON, an object each, packed by gzip or not. A column is a path of names (`User.UserAttributes.plan`), as
 * Pinpoint heads its CSV; the columns are all the paths of the file in the order in which they come, so the file is read
 * twice. Of a list with one value the cell is that value, of a longer one the JSON. The headings count as line 1, so
 * line n of the file is told as n + 1.
 *
 * @throws TableRefused where the first line is no object, or gzip holds something else
 */
export async function jsonLinesTable(source: TableSource, packed: boolean): Promise<TableFile> {
  let read = 0;
  const lines = () => {
    read = 0;
    return linesOf(source.file, packed, (bytes) => {
      read += bytes;
    });
  };
  const columns = await columnsOf(source, lines());
  return {
    format: packed ? { zh: 'JSON 行（gzip）', en: 'JSON lines, gzip' } : { zh: 'JSON 行', en: 'JSON lines' },
    sheets: [],
    progress: () => Math.min(1, read / Math.max(1, source.file.size)),
    records: () => records(lines(), columns),
  };
}

async function* records(lines: AsyncIterable<string>, columns: readonly string[]): AsyncGenerator<TableRecord> {
  yield { line: 1, cells: columns };
  let line = 1;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const cells = cellsOf(text);
    if (cells === undefined) yield { line, broken: 'not an object in JSON' };
    else yield { line, cells: columns.map((column) => cells.get(column) ?? '') };
  }
}

async function columnsOf(source: TableSource, lines: AsyncIterable<string>): Promise<readonly string[]> {
  const found = new Set<string>();
  try {
    for await (const text of lines) {
      if (text.trim() === '') continue;
      const cells = cellsOf(text);
      if (cells === undefined && found.size === 0) throw noJson(source);
      for (const column of cells?.keys() ?? []) if (found.size < MOST_COLUMNS) found.add(column);
    }
  } catch (error) {
    if (error instanceof TableRefused) throw error;
    throw noJson(source, { cause: error });
  }
  if (found.size === 0) throw noJson(source);
  return [...found];
}

const noJson = ({ name }: TableSource, options?: ErrorOptions): TableRefused =>
  new TableRefused(
    'file-no-json-lines',
    [
      `${name} 不是一行一个 JSON 对象的文件，或者压缩包损坏。`,
      `${name} does not hold an object in JSON a line, or its gzip is damaged.`,
    ],
    {
      zh: 'Pinpoint 的导出可以直接用，压缩与否都可以，一次一个文件；其他压缩文件先解开。',
      en: 'Exports of Pinpoint come as they are, packed or not, a file at a time; unpack any other file first.',
    },
    options,
  );

/** The values of an object by their paths; undefined for what is none. */
function cellsOf(text: string): Map<string, string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const cells = new Map<string, string>();
  const walk = (one: unknown, path: string): void => {
    if (isObject(one))
      for (const [name, part] of Object.entries(one)) walk(part, path === '' ? name : `${path}.${name}`);
    else if (Array.isArray(one) && one.length < 2 && !isObject(one[0])) walk(one[0], path);
    else if (one !== null && one !== undefined) cells.set(path, typeof one === 'string' ? one : JSON.stringify(one));
  };
  walk(value, '');
  return cells;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function* linesOf(file: Blob, packed: boolean, onRead: (bytes: number) => void): AsyncGenerator<string> {
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (piece, to) => {
        onRead(piece.length);
        to.enqueue(piece);
      },
    }),
  );
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of piecesOf(packed ? counted.pipeThrough(new DecompressionStream('gzip')) : counted)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    // Such a line is no endpoint; nothing is to fill the memory.
    if (rest.length > LONGEST_LINE) throw new Error('A line is too long');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
