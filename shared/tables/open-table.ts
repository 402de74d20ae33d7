import { csvTable } from './csv-table.ts';
import { jsonLinesTable } from './json-lines-table.ts';
import type { TableFile, TableRecord, TableSource } from './table-file.ts';
import { TableRefused } from './table-refused.ts';
import { firstBytes } from './text-encoding.ts';
import { xlsxTable } from './xlsx-table.ts';

/**
 * Opens a file by what it is, whatever its name. What turns out later to be broken in it is told the same way, by whoever
 * reads the records.
 *
 * @throws TableRefused with what to do about it
 */
export async function openTable(source: TableSource, sheet: string | undefined): Promise<TableFile> {
  const table = await opened(source, sheet);
  return { ...table, records: () => told(source.name, table.records()) };
}

/** Records, and a refusal where they break off. */
async function* told(name: string, records: AsyncIterable<TableRecord>): AsyncGenerator<TableRecord> {
  let line = 0;
  try {
    for await (const record of records) {
      line = record.line;
      yield record;
    }
  } catch (cause) {
    throw cause instanceof TableRefused ? cause : broken(name, line, cause as Error);
  }
}

function broken(name: string, line: number, cause: Error): TableRefused {
  const why = cause.message.replace(/[.。]$/, '').slice(0, 200);
  return new TableRefused(
    'file-broken',
    [`${name} 在第 ${line} 行之后读不下去（${why}）。`, `${name} cannot be read on after line ${line}: ${why}.`],
    {
      zh: '打开它并另存一次（或另存为 CSV），再导入；已经导入的行再来一次不会重复。',
      en: 'Open it and save it again (or as CSV), and import that; rows that are in already do no harm when they come again.',
    },
    { cause },
  );
}

async function opened(source: TableSource, sheet: string | undefined): Promise<TableFile> {
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
