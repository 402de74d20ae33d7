import type { ImportKind } from './import-kind.ts';
import { customers } from './kinds/customers.ts';
import { interactions } from './kinds/interactions.ts';
import { orders } from './kinds/orders.ts';

export type { ImportContext, ImportKind, ImportMessage, Outcome, Row, RowProblem } from './import-kind.ts';
export { ERROR_HEADINGS, type Mapping, mapColumns, rowOf } from './mapping.ts';
export { brokenRow } from './problems.ts';

/** Every kind of file; a new one is a file and a line here. */
export const IMPORT_KINDS: readonly ImportKind[] = [customers, orders, interactions];
