import type { TableFile, TableRecord, TableSource } from './table-file.ts';
import { TableRefused } from './table-refused.ts';
import { dateStyles, parserFor, sharedStrings, workbook } from './xlsx-parts.ts';
import { openZip, type ZipEntries } from './zip-entries.ts';

/**
 * A sheet of an XLSX workbook, row by row as it is unpacked (ECMA-376, part 1, 18.3): of the workbook only the shared
 * texts and the styles are held. Formulas give the values that Excel kept; dates come as they are shown, with no zone.
 *
 * @param sheet its name; the first one without it
 * @throws TableRefused for what is no workbook or has no such sheet
 */
export async function xlsxTable(source: TableSource, sheet: string | undefined): Promise<TableFile> {
  const { zip, sheets, from1904, strings, dates } = await contents(source).catch((cause: Error) => {
    throw noWorkbook(source.name, cause);
  });
  const chosen = sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === sheet);
  if (chosen === undefined) {
    throw noSheet(
      source.name,
      sheet ?? '',
      sheets.map(({ name }) => name),
    );
  }
  const total = Math.max(1, zip.size(chosen.entry) ?? 1);
  let read = 0;
  return {
    format: { zh: `XLSX，工作表「${chosen.name}」`, en: `XLSX, sheet “${chosen.name}”` },
    sheets: sheets.map(({ name }) => name),
    progress: () => Math.min(1, read / total),
    records: () => {
      read = 0;
      const onRead = (bytes: number) => {
        read += bytes;
      };
      return rows(zip, chosen.entry, { strings, dates, from1904 }, onRead);
    },
  };
}

async function contents(source: TableSource) {
  const zip = await openZip(source.file);
  const { sheets, from1904 } = await workbook(zip);
  return { zip, sheets, from1904, strings: await sharedStrings(zip), dates: await dateStyles(zip) };
}

const noWorkbook = (name: string, cause: Error): TableRefused =>
  new TableRefused(
    'file-no-workbook',
    [`${name} 不是有效的 XLSX 文件（${cause.message}）。`, `${name} is no XLSX workbook: ${cause.message}.`],
    { zh: '用 Excel 打开并另存一次，或另存为 CSV。', en: 'Open it in Excel and save it again, or as CSV.' },
    { cause },
  );

const noSheet = (name: string, sheet: string, sheets: readonly string[]): TableRefused =>
  new TableRefused('file-no-sheet', [`${name} 里没有工作表「${sheet}」。`, `${name} has no sheet “${sheet}”.`], {
    zh: `工作表有：${sheets.join('、')}。`,
    en: `Its sheets: ${sheets.join(', ')}.`,
  });

interface Known {
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

async function* rows(
  zip: ZipEntries,
  entry: string,
  known: Known,
  onRead: (bytes: number) => void,
): AsyncGenerator<TableRecord> {
  const done: TableRecord[] = [];
  const parser = parserFor(rowListener(known, (record) => done.push(record)));
  const decoder = new TextDecoder();
  for await (const chunk of zip.open(entry)) {
    onRead(chunk.length);
    parser.write(decoder.decode(chunk, { stream: true }));
    yield* done.splice(0);
  }
  // A sheet that was cut off says so here.
  parser.close();
}

/** Excel's own limits: columns up to XFD; a cell has at most 32,767 characters, and more than these are never kept. */
const MAX_COLUMNS = 16_384;
const MAX_CELL = 100_000;

function rowListener({ strings, dates, from1904 }: Known, onRow: (record: TableRecord) => void) {
  let [line, column, type, style, value] = [0, 0, '', 0, ''];
  let cells: string[] = [];
  let inside = false;
  return {
    open(tag: string, attributes: Readonly<Record<string, string>>) {
      if (tag === 'row') {
        line = Number(attributes['r'] ?? line + 1);
        cells = [];
        column = 0;
      } else if (tag === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        if (column > MAX_COLUMNS) throw new Error(`a cell in column ${column}`);
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? 0);
        value = '';
      } else if (tag === 'v' || tag === 't') inside = true;
    },
    text(text: string) {
      if (inside && value.length < MAX_CELL) value += text;
    },
    close(tag: string) {
      if (tag === 'v' || tag === 't') inside = false;
      else if (tag === 'c') {
        while (cells.length < column - 1) cells.push('');
        cells[column - 1] = shown(value, type, dates[style] ?? false, strings, from1904);
      } else if (tag === 'row' && cells.some((cell) => cell !== '')) onRow({ line, cells });
    },
  };
}

/** "AB12" is column 28. */
function columnOf(reference: string): number {
  let column = 0;
  for (const char of reference) {
    if (char < 'A' || char > 'Z' || column > MAX_COLUMNS) break;
    column = column * 26 + char.charCodeAt(0) - 64;
  }
  return column;
}

function shown(value: string, type: string, date: boolean, strings: readonly string[], from1904: boolean): string {
  if (value === '') return '';
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'e') return '';
  if (type !== 'n') return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (date) return dateText(number + (from1904 ? 1462 : 0));
  // Long numbers come as 1.38E10, and sums with the dust of binary fractions.
  return number.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 15 });
}

/** Days since 30 December 1899, to the nearest second, as the clock shows it. */
function dateText(serial: number): string {
  const date = new Date(Math.round((serial - 25_569) * 86_400) * 1000);
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 19).replace('T', ' ');
}
