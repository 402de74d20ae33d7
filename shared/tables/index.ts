export { headingsOf, openTable } from './open-table.ts';
export type { CsvParser, TableFile, TableRecord, TableSource } from './table-file.ts';
export { TableRefused } from './table-refused.ts';
