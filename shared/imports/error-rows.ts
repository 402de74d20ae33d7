import { csvLine } from '../csv/index.ts';
import type { RowProblem } from './import-kind.ts';
import { ERROR_HEADINGS } from './mapping.ts';

/** Rows that were refused together (those of an order), as they stood in the file, and why. */
export interface RefusedRows {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  readonly problems: readonly RowProblem[];
}

/** The first line of a file of refused rows. */
export const errorHeading = (headings: readonly string[]): string => csvLine([...ERROR_HEADINGS, ...headings]);

/**
 * The lines of refused rows: each with its line, what is wrong and what to do, and as it was; mended, the file can be
 * imported by itself. The other lines of a wrong order are there, too.
 *
 * @param columnOf the heading of a field's column
 */
export const errorLines = (
  { rows, problems }: RefusedRows,
  columnOf: (field: string) => string | undefined,
): readonly string[] =>
  rows.map(({ line, cells }) => {
    const own = problems.filter((problem) => problem.line === line);
    return csvLine([...about(line, own, columnOf), ...cells]);
  });

function about(
  line: number,
  own: readonly RowProblem[],
  columnOf: (field: string) => string | undefined,
): readonly string[] {
  if (own.length === 0) {
    return [
      String(line),
      '',
      'order-of-wrong-line',
      '同一订单的另一行有错。',
      '改好那一行后一起导入。',
      'Another line of this order is wrong.',
      'Mend that one and import both.',
    ];
  }
  const joined = (say: (one: RowProblem) => string) => own.map(say).join(' ');
  const columns = own.map(({ field }) => (field === undefined ? '' : (columnOf(field) ?? field)));
  return [
    String(line),
    columns.filter(Boolean).join(' '),
    own.map(({ code }) => code).join(' '),
    joined(({ message }) => message.zh),
    joined(({ next }) => next.zh),
    joined(({ message }) => message.en),
    joined(({ next }) => next.en),
  ];
}
