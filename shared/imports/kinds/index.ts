import type { ImportKind } from '../import-kind.ts';
import { customers } from './customers.ts';
import { endpoints } from './endpoints.ts';
import { interactions } from './interactions.ts';
import { orders } from './orders.ts';

/** Every kind of file; a new one is a file and a line here. */
export const IMPORT_KINDS: readonly ImportKind[] = [customers, orders, interactions, endpoints];
