import type { Doing } from '../ports/backfills/index.ts';
import { applyCustomer } from './apply-customer.ts';
import { type Read, readWithBefore } from './before.ts';
import type { Context, Effect } from './context.ts';
import { overtaken, readStates, tryAgain, tryCustomer } from './try-customer.ts';
import { undoCustomer } from './undo-customer.ts';

/** How a batch of customers is worked: all are read together, each is worked by herself. */
export interface Way {
  readonly read: (customers: readonly string[], context: Context) => Promise<ReadonlyMap<string, Read>>;
  /** Finds out by her version whether somebody wrote her since she was read, where it writes. */
  readonly work: (customer: string, context: Context, read: Read) => Promise<Effect>;
  /** Where nothing is written: who has to be worked again, and how. */
  readonly check?: {
    readonly overtaken: (read: ReadonlyMap<string, Read>) => Promise<readonly string[]>;
    readonly again: (customer: string, context: Context) => Promise<Effect>;
  };
}

const read: Way['read'] = (customers, { job }) => readWithBefore(customers, job.id);

export const WAYS: Readonly<Record<Doing, Way>> = {
  try: { read: readStates, work: tryCustomer, check: { overtaken, again: tryAgain } },
  apply: { read, work: applyCustomer },
  undo: { read, work: undoCustomer },
};
