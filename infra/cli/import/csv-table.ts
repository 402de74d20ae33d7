import { createReadStream, statSync } from 'node:fs';
import { Transform } from 'node:stream';
import { parse } from 'csv-parse';
import { CommandError } from '../command.ts';
import type { TableFile, TableRecord } from './table-file.ts';
import { encodingOf, type TextEncodingName } from './text-encoding.ts';

const NAMES: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  gb18030: 'GBK',
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
};

/** A text file of separated values; encoding and separator are found out. @throws CommandError for what is no text */
export async function csvTable(path: string): Promise<TableFile> {
  const encoding = await encodingOf(path);
  const separator = await separatorOf(path, encoding);
  const bytes = Math.max(1, statSync(path).size);
  let read = 0;
  return {
    format: `CSV, ${NAMES[encoding]}, ${NAMES[separator]}`,
    progress: () => Math.min(1, read / bytes),
    records: () => {
      read = 0;
      return records(path, encoding, separator, (size) => {
        read += size;
      });
    },
  };
}

async function* records(
  path: string,
  encoding: TextEncodingName,
  separator: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<TableRecord> {
  const broken: (TableRecord & { broken: string })[] = [];
  const parser = parse({
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
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const text = file.pipe(decoding(encoding, onRead));
  for (const stream of [file, text]) stream.on('error', (cause: Error) => parser.destroy(cause));
  let columns: number | undefined;
  try {
    for await (const { record, info } of text.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
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

function decoding(encoding: TextEncodingName, onRead: (bytes: number) => void): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onRead(chunk.length);
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
}

/** The sign that the first line has most of. */
async function separatorOf(path: string, encoding: TextEncodingName): Promise<string> {
  for await (const chunk of createReadStream(path, { start: 0, end: 65_535 })) {
    const [line = ''] = new TextDecoder(encoding).decode(chunk as Buffer).split(/\r?\n/);
    const count = (sign: string) => line.split(sign).length;
    return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  }
  throw new CommandError(`${path} is empty. 文件是空的。`, 'file-empty');
}
