/** The effects that steps/perform knows how to carry out: one line each. */
import type { Effect } from '../../../shared/nodes/index.ts';
import type { Situation } from '../situation.ts';
import type { Plan, Planner } from './effect.ts';
import { end } from './end.ts';
import { send } from './send.ts';
import { stage } from './stage.ts';
import { tag } from './tag.ts';
import { task } from './task.ts';

const PLANNERS = { send, tag, stage, end, task } satisfies { [T in Effect['type']]: Planner<T> };

export type { Plan } from './effect.ts';

export async function planEffect(effect: Effect, situation: Situation, index: number): Promise<Plan> {
  const planner = PLANNERS[effect.type] as Planner<Effect['type']>;
  return planner(effect, situation, index);
}
