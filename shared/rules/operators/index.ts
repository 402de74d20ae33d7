import type { Conditions } from '../condition.ts';
import type { Operator } from '../operator.ts';
import { age } from './age.ts';
import { all } from './all.ts';
import { any } from './any.ts';
import { avg } from './avg.ts';
import { did } from './did.ts';
import { distinct } from './distinct.ts';
import { first } from './first.ts';
import { followed } from './followed.ts';
import { gap } from './gap.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { not } from './not.ts';
import { notFollowed } from './not-followed.ts';
import { nth } from './nth.ts';
import { percentile } from './percentile.ts';
import { region } from './region.ts';
import { segment } from './segment.ts';
import { silent } from './silent.ts';
import { since } from './since.ts';
import { streak } from './streak.ts';
import { sum } from './sum.ts';
import { tag } from './tag.ts';
import { trait } from './trait.ts';
import { unanswered } from './unanswered.ts';

/** The registry: every operator of the condition language, in the order in which the builder offers them. */
export const OPERATORS: { readonly [K in keyof Conditions]: Operator<Conditions[K]> } = {
  all,
  any,
  not,
  did,
  nth,
  sum,
  avg,
  min,
  max,
  percentile,
  distinct,
  silent,
  since,
  gap,
  followed,
  notFollowed,
  unanswered,
  first,
  streak,
  trait,
  age,
  region,
  tag,
  segment,
};
