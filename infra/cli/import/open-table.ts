import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { CommandError } from '../command.ts';
import { csvTable } from './csv-table.ts';
import type { TableFile } from './table-file.ts';
import { xlsxTable } from './xlsx-table.ts';

/** Opens a file by what it is, whatever its name. @throws CommandError with what to do about it */
export async function openTable(path: string, sheet: string | undefined): Promise<TableFile> {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new CommandError(`There is no file ${path}. 没有这个文件。`, 'file-missing');
  const signature = firstFour(path);
  if (signature === 'd0cf11e0') {
    throw new CommandError(
      `${path} is an old or encrypted Excel file. Save it as .xlsx without a password, or as CSV. 这是旧版或加密的 Excel 文件，请另存为不加密的 .xlsx 或 CSV。`,
      'file-old-excel',
    );
  }
  return signature === '504b0304' ? xlsxTable(path, sheet) : csvTable(path);
}

function firstFour(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(4);
    readSync(file, bytes, 0, 4, 0);
    return bytes.toString('hex');
  } finally {
    closeSync(file);
  }
}
