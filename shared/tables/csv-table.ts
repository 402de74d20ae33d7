import type { Words } from '../words.ts';
import type { CsvParser, TableFile, TableRecord, TableSource } from './table-file.ts';
import { TableRefused } from './table-refused.ts';
import { encodingOf, type TextEncodingName } from './text-encoding.ts';
import { piecesOf } from './zip-entries.ts';

const SEPARATORS: Readonly<Record<string, Words>> = {
  ',': { zh: '逗号', en: 'comma' },
  ';': { zh: '分号', en: 'semicolon' },
  '\t': { zh: '制表符', en: 'tab' },
};
const ENCODINGS: Readonly<Record<TextEncodingName, string>> = {
  gb18030: 'GBK',
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
};

/** A text file of separated values; encoding and separator are found out. @throws TableRefused for what is no text */
export async function csvTable(source: TableSource): Promise<TableFile> {
  const encoding = await encodingOf(source);
  const separator = await separatorOf(source, encoding);
  let read = 0;
  return {
    format: {
      zh: `CSV，${ENCODINGS[encoding]}，${SEPARATORS[separator]!.zh}分隔`,
      en: `CSV, ${ENCODINGS[encoding]}, ${SEPARATORS[separator]!.en}`,
    },
    sheets: [],
    progress: () => Math.min(1, read / Math.max(1, source.file.size)),
    records: () => {
      read = 0;
      const texts = decoded(source, encoding, (bytes) => {
        read += bytes;
      });
      return records(source, texts, separator);
    },
  };
}

async function* records(
  source: TableSource,
  texts: AsyncIterable<string>,
  separator: string,
): AsyncGenerator<TableRecord> {
  const broken: (TableRecord & { broken: string })[] = [];
  const parser = source.csvParser({
    delimiter: separator,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    // "7"8 is read as spreadsheets read it.
    relax_quotes: true,
    skip_records_with_error: true,
    max_record_size: 1_000_000,
  });
  parser.on('skip', (error: Error & { lines?: number; code: string }) =>
    broken.push({ line: error.lines ?? 0, broken: error.code }),
  );
  let columns: number | undefined;
  try {
    for await (const { record, info } of parsed(texts, parser)) {
      // The parser counts where a record ends; people look for where it begins.
      const line = info.lines - record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      // The parser is ahead of what it has handed out.
      while (broken[0] !== undefined && broken[0].line <= line) yield broken.shift()!;
      columns ??= record.length;
      if (record.slice(columns).some((cell) => cell.trim() !== ''))
        yield { line, broken: `${record.length} columns instead of ${columns}` };
      else yield { line, cells: record.slice(0, columns) };
    }
  } catch (error) {
    const { code, lines, message } = error as Error & { code?: string; lines?: number };
    if (code === undefined || !code.startsWith('CSV_')) throw error;
    // What follows cannot be made out: an open quotation runs to the end of the file.
    yield { line: lines ?? 0, broken: message };
  }
  yield* broken;
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** What the parser makes of the texts, never far ahead of who takes it. (Its build for browsers cannot be iterated.) */
async function* parsed(texts: AsyncIterable<string>, parser: CsvParser): AsyncGenerator<Parsed> {
  let wake = (): void => {};
  let drained = (): void => {};
  let state: { readonly ended: true; readonly error?: unknown } | undefined;
  const end = (error?: unknown): void => {
    state ??= { ended: true, ...(error === undefined ? {} : { error }) };
    wake();
    drained();
  };
  parser.on('readable', () => wake());
  parser.on('drain', () => drained());
  parser.on('end', () => end());
  parser.on('error', end);
  const feed = async (): Promise<void> => {
    for await (const text of texts) {
      if (state !== undefined) return;
      const drain = new Promise<void>((resolve) => {
        drained = resolve;
      });
      if (!parser.write(text)) await drain;
    }
    parser.end();
  };
  feed().catch(end);
  for (;;) {
    for (let one = parser.read() as Parsed | null; one !== null; one = parser.read() as Parsed | null) yield one;
    if (state?.error !== undefined) throw state.error;
    if (state !== undefined) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

async function* decoded(
  source: TableSource,
  encoding: TextEncodingName,
  onRead: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of piecesOf(source.file.stream())) {
    onRead(chunk.length);
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** The sign that the first line has most of. */
async function separatorOf(source: TableSource, encoding: TextEncodingName): Promise<string> {
  const text = new TextDecoder(encoding).decode(await source.file.slice(0, 65_536).arrayBuffer());
  if (text.trim() === '') {
    throw new TableRefused('file-empty', [`${source.name} 是空的。`, `${source.name} is empty.`], {
      zh: '换一个有内容的文件。',
      en: 'Choose a file that holds something.',
    });
  }
  const [line = ''] = text.split(/\r?\n/);
  const count = (sign: string) => line.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
