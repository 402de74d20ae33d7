import { createReadStream, existsSync, statSync } from 'node:fs';
import { parse } from 'csv-parse';
import type { CsvParser, TableSource } from '../../../shared/tables/index.ts';
import { CommandError } from '../command.ts';
import { openZip } from './zip-entries.ts';

/** A file of this machine. @throws CommandError when there is none */
export function diskSource(path: string): TableSource {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new CommandError(`There is no file ${path}. 没有这个文件。`, 'file-missing');
  return {
    name: path,
    size: statSync(path).size,
    bytes: (most) =>
      createReadStream(path, { highWaterMark: 1 << 18, ...(most === undefined ? {} : { end: most - 1 }) }),
    openZip: () => openZip(path),
    csvParser: (options) => parse(options) as CsvParser,
  };
}
