import { existsSync, openAsBlob, statSync } from 'node:fs';
import { parse } from 'csv-parse';
import type { CsvParser, TableSource } from '../../../shared/tables/index.ts';
import { CommandError } from '../command.ts';

/** A file of this machine, which is read piece by piece. @throws CommandError when there is none */
export async function diskSource(path: string): Promise<TableSource> {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new CommandError(
      { zh: `没有 ${path} 这个文件。检查路径。`, en: `There is no file ${path}. Check the path.` },
      'file-missing',
    );
  return { name: path, file: await openAsBlob(path), csvParser: (options) => parse(options) as CsvParser };
}
