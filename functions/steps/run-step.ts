import type { StepAnswer } from '../../shared/compiler/index.ts';
import type { Decision } from '../../shared/nodes/index.ts';
import { type Enrolment, pathKey, record } from '../ports/enrolments/index.ts';
import { advanceCustomer } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { type Plan, planEffect } from './effects/index.ts';
import { Ended } from './ended.ts';
import { onward } from './onward.ts';
import type { Payload } from './payload.ts';
import { type Situation, situation, stepNode } from './situation.ts';

/**
 * One step of one customer: read, decide, perform, record, answer. A step that comes again (Lambda and Step Functions
 * both retry) finds its own entry in the path and answers what it answered before.
 */
export async function runStep(payload: Payload): Promise<StepAnswer> {
  let writtenBefore = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await tryStep(payload, writtenBefore);
    if (typeof answer === 'object') return answer;
    writtenBefore = answer === 'written before';
  }
  throw new Error(`What step ${payload.node} of ${payload.enrolment} is decided by changed ${ATTEMPTS} times in a row`);
}

/** Each time somebody else got through; and the machine will come again. */
const ATTEMPTS = 10;

type Again = 'overtaken' | 'written before';

async function tryStep(payload: Payload, writtenBefore: boolean): Promise<StepAnswer | Again> {
  const node = await stepNode(payload);
  const here = await situation(payload, node);
  if (here === undefined) throw new Ended(payload.enrolment);
  if (here.sent?.gone) return 'overtaken';
  const before = here.enrolment.path[pathKey(payload.node, payload.visit)];
  if (before !== undefined) return { outlet: before.outlet };
  if (here.enrolment.status !== 'active') throw new Ended(payload.enrolment);
  const decision = decide(here);
  return decision.type === 'until' ? waitUntil(here, decision) : go(here, decision, writtenBefore);
}

function decide({ kind, config, facts }: Situation): Exclude<Decision, { type: 'await' }> {
  const decision = kind.decide?.(config, facts);
  if (decision === undefined || decision.type === 'await')
    throw new Error(`Node kind ${kind.kind} is not a plain step`);
  return decision;
}

/** She stays at the node until then; the next step records that she passed it. */
async function waitUntil(
  { payload, enrolment }: Situation,
  decision: Extract<Decision, { type: 'until' }>,
): Promise<StepAnswer> {
  const recorded = await record(enrolment, { passed: payload.trail, at: payload.node });
  if (recorded !== 'recorded') throw new Ended(payload.enrolment);
  return { outlet: decision.outlet, until: decision.instant };
}

async function go(
  here: Situation,
  decision: Extract<Decision, { type: 'go' }>,
  writtenBefore: boolean,
): Promise<StepAnswer | Again> {
  const { payload, enrolment, kind, config, version, facts, profile } = here;
  const plans = await Promise.all((decision.effects ?? []).map((effect, index) => planEffect(effect, here, index)));
  const held = plans.find((plan) => plan.later !== undefined);
  if (held !== undefined) return comeAgain(here, held);
  const inputs = plans.flatMap((plan) => plan.inputs ?? []);
  if (inputs.length > 0) await advanceCustomer(payload.customer, { inputs }, await currentRules(), facts.now, profile);
  const outlet =
    kind.after?.(
      config,
      plans.map((plan) => plan.outcome),
    ) ?? decision.outlet;
  const end = plans.find((plan) => plan.end !== undefined)?.end;
  const { customer, node, visit, trail } = payload;
  // A node that ends the journey has no outlet to pass through: she is last seen there.
  const leaves = kind.outlets(config).some(({ id }) => id === outlet);
  const walker = { customer, enrolment: facts.enrolment };
  const way = leaves ? onward(version, { node, visit, outlet, at: facts.now }, walker) : { at: node, passed: [] };
  const step = { passed: [...trail, ...way.passed], at: way.at, ...(end && { end: { ...end, at: facts.now } }) };
  const recorded = await record(
    enrolment,
    step,
    plans.flatMap((plan) => plan.writes ?? []),
    plans.flatMap((plan) => plan.bases ?? []),
  );
  if (recorded === 'overtaken') return 'overtaken';
  if (recorded === 'ended') throw new Ended(payload.enrolment);
  // A row of an effect was there. Mostly the same step ran beside this one, may have decided otherwise, and is recorded:
  // then that is the answer. Else it happened in a run that did not get as far as recording the step.
  if (recorded === 'written before' && !writtenBefore) return recorded;
  if (recorded === 'written before') await recordAlone(enrolment, step);
  return { outlet };
}

/** Nothing is done yet: she stays at the node, with the reason. */
async function comeAgain(
  { payload, enrolment }: Situation,
  { later, bases = [] }: Plan,
): Promise<StepAnswer | 'overtaken'> {
  const { node, visit, trail } = payload;
  const held = { node, visit, ...later! };
  const recorded = await record(enrolment, { passed: trail, at: node, held }, [], bases);
  if (recorded === 'overtaken') return 'overtaken';
  if (recorded !== 'recorded') throw new Ended(payload.enrolment);
  return { outlet: 'later', until: held.until };
}

async function recordAlone(enrolment: Enrolment, step: Parameters<typeof record>[1]): Promise<void> {
  if ((await record(enrolment, step)) !== 'recorded') throw new Ended(enrolment.id);
}
