import type { Effect, EffectOutcome } from '../../../shared/nodes/index.ts';
import type { ProfileInput } from '../../../shared/profile/index.ts';
import type { HeldMessage, Outcome } from '../../ports/enrolments/index.ts';
import type { TransactItem } from '../../ports/tables/index.ts';
import type { Situation } from '../situation.ts';

/**
 * What an effect comes to. Nothing is written while planning: profile inputs go through advance() in one write, rows are
 * put in one transaction with the step's own record, so a step happens once or not at all.
 */
export interface Plan {
  readonly outcome: EffectOutcome;
  readonly inputs?: readonly Exclude<ProfileInput, { type: 'event' }>[];
  /** Each must be conditional on its row being absent. */
  readonly writes?: readonly TransactItem[];
  /** What it was decided by: each conditional on its row being as it was read. */
  readonly bases?: readonly TransactItem[];
  /** Not now: nothing of the step is done, and it is asked again at `until`. For nodes compiled to perform patiently. */
  readonly later?: Omit<HeldMessage, 'node' | 'visit'>;
  readonly end?: { readonly outcome: Outcome; readonly reason: string };
}

/** `index` counts the effects of one step, for those that need an id of their own. */
export type Planner<T extends Effect['type']> = (
  effect: Extract<Effect, { type: T }>,
  situation: Situation,
  index: number,
) => Plan | Promise<Plan>;

/** Where an effect came from, for whoever asks why. */
export const causeOf = ({ payload }: Situation): string => `${payload.enrolment}/${payload.node}`;
