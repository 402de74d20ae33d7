import { csvTable } from './csv-table.ts';
import { jsonLinesTable } from './json-lines-table.ts';
import type { TableFile, TableSource } from './table-file.ts';
import { TableRefused } from './table-refused.ts';
import { firstBytes } from './text-encoding.ts';
import { xlsxTable } from './xlsx-table.ts';

/** Opens a file by what it is, whatever its name. @throws TableRefused with what to do about it */
export async function openTable(source: TableSource, sheet: string | undefined): Promise<TableFile> {
  const signature = await firstBytes(source, 4);
  if (signature === 'd0cf11e0') {
    throw new TableRefused(
      'file-old-excel',
      [`${source.name} 是旧版或加密的 Excel 文件。`, `${source.name} is an old or encrypted Excel file.`],
      {
        zh: '请另存为不加密的 .xlsx 或 CSV。',
        en: 'Save it as .xlsx without a password, or as CSV.',
      },
    );
  }
  if (signature === '504b0304') return xlsxTable(source, sheet);
  if (signature.startsWith('1f8b')) return jsonLinesTable(source, true);
  return /^(efbbbf)?7b/.test(signature) ? jsonLinesTable(source, false) : csvTable(source);
}

/** The first line that holds something. @throws TableRefused when there is none */
export async function headingsOf(table: TableFile, name: string): Promise<readonly string[]> {
  for await (const record of table.records()) {
    if ('cells' in record) return record.cells.map((cell) => cell.trim());
    break;
  }
  throw new TableRefused(
    'file-no-headings',
    [`${name} 的第一行不是表头。`, `${name} has no headings in its first line.`],
    { zh: '第一行须写各列的名称。', en: 'Write the names of the columns into the first line.' },
  );
}
