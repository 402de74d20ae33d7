import { parse } from 'csv-parse/browser/esm';
import type { ImportedFile } from '../../../shared/imports/index.ts';
import { type CsvParser, headingsOf, openTable, type TableFile } from '../../../shared/tables/index.ts';

/** A file that the browser was given, found to be a table. */
export interface OpenedFile {
  readonly file: File;
  readonly about: ImportedFile;
  readonly table: TableFile;
  readonly headings: readonly string[];
  /** The first rows below the headings. */
  readonly samples: readonly (readonly string[])[];
}

const SAMPLES = 5;

/** Reads the beginning of a table. @throws TableRefused for what is none */
export async function openFile(file: File, sheet: string | undefined): Promise<OpenedFile> {
  const source = { name: file.name, file, csvParser: (options: object) => parse(options) as unknown as CsvParser };
  const table = await openTable(source, sheet);
  const headings = await headingsOf(table, file.name);
  const samples: (readonly string[])[] = [];
  for await (const record of table.records()) {
    if ('cells' in record) samples.push(record.cells);
    if (samples.length > SAMPLES) break;
  }
  const about = {
    name: file.name,
    size: file.size,
    fingerprint: await fingerprintOf(file),
    format: table.format,
    ...(sheet === undefined ? {} : { sheet }),
  };
  return { file, about, table, headings, samples: samples.slice(1) };
}

const PIECE = 65_536;

/** Of its first and last pieces: tells whether it is the file whose import was interrupted. */
async function fingerprintOf(file: File): Promise<string> {
  const pieces = [file.slice(0, PIECE), file.slice(Math.max(0, file.size - PIECE))];
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  // FNV-1a, twice from different beginnings.
  return [0x811c9dc5, 0x01234567]
    .map((begin) => {
      let hash = begin;
      for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
