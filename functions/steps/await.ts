import { pipeline } from '../pipeline.ts';
import { now } from '../ports/clock/index.ts';
import { enrolmentParts, record } from '../ports/enrolments/index.ts';
import { answerTask } from '../ports/states/index.ts';
import { Ended } from './ended.ts';
import { onward } from './onward.ts';
import { type Payload, payloadSchema } from './payload.ts';
import { type Situation, situation, stepNode } from './situation.ts';

/**
 * A step that waits for something to happen. The wait is stored first (a retry has a new token and overwrites the old
 * one) and only then does it look whether the thing is there already: whatever happens later finds the wait, whatever
 * happened before is seen here, so no wake-up is lost in between.
 */
export const handler = pipeline(async (event: unknown): Promise<void> => {
  const payload = payloadSchema.parse(event);
  const { customer, journey, enrolment, node, visit, trail, token, limitAt } = payload;
  const at = await stepNode(payload);
  const awaited = at.kind.awaits?.(at.config);
  if (token === undefined || awaited === undefined)
    throw new Error(`Node ${node} of ${journey} does not wait for anything`);
  const place = { customer, journey, n: enrolmentParts(enrolment)?.n ?? 0 };
  const stored = await record(place, { passed: trail, at: node, wait: { node, visit, token, limitAt, for: awaited } });
  if (stored !== 'recorded') throw new Ended(enrolment);
  const here = await situation(payload, at);
  const decision = here && at.kind.decide?.(at.config, here.facts);
  if (decision?.type === 'go') await goOn(payload, here!, decision.outlet, token);
});

async function goOn(payload: Payload, here: Situation, outlet: string, token: string): Promise<void> {
  const { node, visit, customer } = payload;
  const at = now();
  if ((await answerTask(token, { outlet, at })) === 'gone') return;
  const way = onward(here.version, { node, visit, outlet, at }, { customer, enrolment: here.facts.enrolment });
  await record(here.enrolment, { ...way, onlyWaiting: { node, token } });
}
