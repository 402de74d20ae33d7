import type { Tally } from '../../../shared/imports/index.ts';

interface Told extends Tally {
  readonly file: string;
  readonly format: string;
  readonly dryRun: boolean;
  /** Field -> heading. */
  readonly columns: Readonly<Record<string, string>>;
  readonly total: number;
  readonly compared?: {
    readonly fresh: number;
    readonly changed: number;
    readonly same: number;
    readonly newCustomers: number;
  };
}

const number = (value: number): string => value.toLocaleString('en-US');
const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${number(count)}`)
    .join(', ');

/** What became of a file, for the person at the keyboard. */
export function summary(told: Told, errorFile: string | undefined): string {
  const {
    file,
    format,
    dryRun,
    columns,
    rows,
    repeated,
    wrongRows,
    wrong,
    messages,
    tags,
    from,
    until,
    total,
    compared,
  } = told;
  const lines = [
    `${file} (${format}): ${number(rows)} rows`,
    `  columns   ${Object.entries(columns)
      .map(([field, heading]) => (heading === field ? field : `${field} = ${heading}`))
      .join(', ')}`,
    `  ${dryRun ? 'would put' : 'put      '} ${counts(messages) || 'nothing'}`,
    ...(Object.keys(tags).length > 0 ? [`  tags      ${counts(tags)}`] : []),
    ...(from === undefined ? [] : [`  times     ${from} … ${until}`]),
    ...(total > 0 ? [`  total     ${total.toLocaleString('en-US', { minimumFractionDigits: 2 })}`] : []),
    ...(compared === undefined
      ? []
      : [
          `  compared  ${number(compared.fresh)} new, ${number(compared.changed)} change something, ${number(compared.same)} are there already; ${number(compared.newCustomers)} new customers`,
        ]),
    ...(repeated > 0 ? [`  repeated  ${number(repeated)} rows stood there twice`] : []),
    ...(wrongRows > 0 ? [`  wrong     ${number(wrongRows)} rows: ${counts(wrong)}`] : []),
    ...(errorFile === undefined ? [] : [`  They are in ${errorFile}: mend them there and import that file.`]),
    ...(dryRun ? ['Nothing was put. Leave out --dry-run to do it.'] : []),
  ];
  return lines.join('\n');
}
