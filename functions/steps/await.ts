import { pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { enrolmentParts, record } from '../ports/enrolments/index.ts';
import { answerTask } from '../ports/states/index.ts';
import type { TransactItem } from '../ports/tables/index.ts';
import { taskId } from '../ports/tasks/index.ts';
import { planEffect } from './effects/index.ts';
import { Ended } from './ended.ts';
import { onward } from './onward.ts';
import { type Payload, payloadSchema } from './payload.ts';
import { type Situation, type StepNode, situation, stepNode } from './situation.ts';

/**
 * A step that waits for something to happen. The wait is stored first (a retry has a new token and overwrites the old
 * one), with what its kind puts for others to act on, and only then does it look whether the thing is there already:
 * whatever happens later finds the wait, whatever happened before is seen here, so no wake-up is lost in between.
 */
export const handler = pipeline(async (event: unknown): Promise<void> => {
  const payload = payloadSchema.parse(event);
  const { customer, journey, enrolment, node, visit, trail, token, limitAt } = payload;
  const at = await stepNode(payload);
  const awaited = at.kind.awaits?.(at.config);
  if (token === undefined || awaited === undefined)
    throw new Error(`Node ${node} of ${journey} does not wait for anything`);
  const place = { customer, journey, n: enrolmentParts(enrolment)?.n ?? 0 };
  const task = at.kind.needs.includes('task') ? taskId(enrolment, node, visit) : undefined;
  const wait = { node, visit, token, limitAt, for: awaited, ...(task !== undefined && { task }) };
  const step = { passed: trail, at: node, wait };
  const writes = task === undefined ? [] : await putFirst(payload, at);
  const first = await record(place, step, writes);
  // Put by a run of this step that did not get further.
  const stored = first === 'written before' ? await record(place, step) : first;
  if (stored !== 'recorded') throw new Ended(enrolment);
  const here = await situation(payload, at);
  const decision = here && at.kind.decide?.(at.config, here.facts);
  if (decision?.type === 'go') await goOn(payload, here!, decision.outlet, token);
});

/** What is put together with the wait. */
async function putFirst(payload: Payload, at: StepNode): Promise<TransactItem[]> {
  const here = await situation(payload, at);
  const decision = here && at.kind.decide?.(at.config, here.facts);
  if (here === undefined || decision?.type !== 'await') return [];
  const plans = await Promise.all((decision.effects ?? []).map((effect, index) => planEffect(effect, here, index)));
  return plans.flatMap((plan) => plan.writes ?? []);
}

async function goOn(payload: Payload, here: Situation, outlet: string, token: string): Promise<void> {
  const { node, visit, customer } = payload;
  const at = now();
  if ((await answerTask(token, { outlet, at })) === 'gone') return;
  const way = onward(here.version, { node, visit, outlet, at }, { customer, enrolment: here.facts.enrolment });
  await record(here.enrolment, { ...way, onlyWaiting: { node, token } });
}
