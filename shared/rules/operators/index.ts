import type { Conditions } from '../condition.ts';
import type { Operator } from '../operator.ts';
import { all } from './all.ts';
import { any } from './any.ts';
import { avg } from './avg.ts';
import { did } from './did.ts';
import { not } from './not.ts';
import { nth } from './nth.ts';
import { silent } from './silent.ts';
import { sum } from './sum.ts';
import { tag } from './tag.ts';
import { trait } from './trait.ts';

/** The registry: every operator of the condition language, in the order in which the builder offers them. */
export const OPERATORS: { readonly [K in keyof Conditions]: Operator<Conditions[K]> } = {
  all,
  any,
  not,
  did,
  nth,
  sum,
  avg,
  silent,
  trait,
  tag,
};
