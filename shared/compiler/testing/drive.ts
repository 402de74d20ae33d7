/**
 * Runs a compiled journey in the interpreter on a virtual clock, with step handlers that ask the same world as the plain
 * walk. Follows the contract in payload.ts to the letter, and keeps what a real handler would write down.
 */
import { compileMachine, type Effect, type ExecutionState, type Json, nextDue, start, step } from '../../asl/index.ts';
import { type Graph, graphOf, type Journey } from '../../journey/index.ts';
import type { Awaited } from '../../nodes/index.ts';
import { FAILED_ERROR, type Passed, type StepPayload } from '../payload.ts';
import type { StateMachine } from '../program.ts';
import { comeAgain, factsAt, iso, nextAwaited, perform, type Step, type World } from './world.ts';

export interface Faults {
  /** Throws this error instead of running the handler; called once for every call. */
  readonly before?: (payload: StepPayload, call: number) => { error: string; cause: string } | undefined;
}

export interface Run {
  readonly status: ExecutionState['status'];
  readonly output: Json | undefined;
  readonly error: string | undefined;
  /** Every passing, in the order in which it was told, with how it was told. */
  readonly told: readonly (Step & { readonly by: 'step' | 'trail' })[];
  readonly calls: readonly StepPayload[];
  readonly states: readonly string[];
  readonly ended: string | undefined;
}

const ARN = 'arn:aws:states:us-east-1:111111111111';

/** Runs to the end, or until `most` passings were told. `redrives`: how often to redrive when it fails. */
export function drive(
  asl: StateMachine,
  journey: Journey,
  entry: string,
  world: World,
  { faults = {}, most = 60, redrives = 0 }: { faults?: Faults; most?: number; redrives?: number } = {},
): Run {
  const machine = compileMachine(asl as unknown as Json);
  const graph = graphOf(journey);
  const told: (Step & { by: 'step' | 'trail' })[] = [];
  const calls: StepPayload[] = [];
  const states: string[] = [];
  let ended: string | undefined;
  let now = Date.parse(world.facts.enrolment.enteredAt);
  const waiting = new Map<number, { for: readonly Awaited[]; since: number; until: number }>();
  const queue: Effect[] = [];

  const take = (result: { events: readonly { type: string }[]; effects: readonly Effect[]; state: ExecutionState }) => {
    queue.push(...result.effects);
    for (const event of result.events as readonly Record<string, { name?: string }>[]) {
      const name = event['stateEnteredEventDetails']?.name;
      if (name !== undefined) states.push(name);
    }
    return result.state;
  };
  const input = {
    enrolment: world.facts.enrolment.id,
    customer: world.facts.customer.id,
    journey: journey.id,
    version: 1,
    entry,
  };
  let state = take(
    start(
      machine,
      {
        id: `run-${world.facts.customer.id}`,
        executionArn: `${ARN}:execution:j:${world.facts.enrolment.id}`,
        name: world.facts.enrolment.id,
        roleArn: 'arn:aws:iam::111111111111:role/r',
        stateMachineArn: `${ARN}:stateMachine:j`,
        stateMachineName: 'j',
        input,
      },
      now,
    ),
  );

  const answer = (effect: Effect): void => {
    const { Payload: payload } = effect.parameters as unknown as { Payload: StepPayload };
    calls.push(payload);
    const fault = faults.before?.(payload, calls.length);
    if (fault) {
      state = take(step(machine, state, { kind: 'taskFailed', ticket: effect.ticket, ...fault }, now));
      return;
    }
    const outcome = handle(graph, world, payload, now, told);
    if ('throw' in outcome) {
      const failed = { kind: 'taskFailed' as const, ticket: effect.ticket, error: outcome.throw, cause: 'thrown' };
      state = take(step(machine, state, failed, now));
      return;
    }
    ended = outcome.ended ?? ended;
    if (payload.token === undefined) {
      const output = { ExecutedVersion: '$LATEST', Payload: outcome.answer as Json, StatusCode: 200 };
      state = take(step(machine, state, { kind: 'taskSucceeded', ticket: effect.ticket, output }, now));
      return;
    }
    state = take(step(machine, state, { kind: 'taskSubmitted', ticket: effect.ticket, output: {} }, now));
    if (outcome.awaits) {
      waiting.set(effect.ticket, { for: outcome.awaits, since: now, until: Date.parse(payload.limitAt!) });
    } else {
      const output = { outlet: outcome.answer.outlet, at: iso(now) };
      state = take(step(machine, state, { kind: 'taskSucceeded', ticket: effect.ticket, output }, now));
    }
  };

  let left = redrives;
  for (;;) {
    while (queue.length > 0) answer(queue.shift()!);
    if (state.status === 'FAILED' && left > 0) {
      left--;
      state = take(step(machine, state, { kind: 'redrive' }, now));
      continue;
    }
    if (state.status !== 'RUNNING' || told.length >= most) break;
    const [next] = [...waiting]
      .flatMap(([ticket, w]) => {
        const met = nextAwaited(world, w.for, w.since, w.until);
        return met ? [{ ticket, ...met }] : [];
      })
      .sort((a, b) => a.at - b.at);
    const due = nextDue(state);
    if (next && (due === undefined || next.at < due)) {
      now = next.at;
      waiting.delete(next.ticket);
      const output = { outlet: next.outlet, at: iso(now) };
      state = take(step(machine, state, { kind: 'taskSucceeded', ticket: next.ticket, output }, now));
    } else if (due !== undefined) {
      now = Math.max(now, due);
      waiting.clear();
      state = take(step(machine, state, { kind: 'time' }, now));
    } else throw new Error(`Nothing is due in ${JSON.stringify(state.frames)}`);
  }
  return { status: state.status, output: state.output, error: state.error, told, calls, states, ended };
}

type Outcome =
  | {
      readonly answer: { outlet: string; until?: string };
      readonly ended?: string;
      readonly awaits?: readonly Awaited[];
    }
  | { readonly throw: string };

/** What the real handlers do with a payload, without their tables. */
function handle(
  graph: Graph,
  world: World,
  payload: StepPayload,
  now: number,
  told: (Step & { by: 'step' | 'trail' })[],
): Outcome {
  const tell = (steps: readonly Passed[], by: 'step' | 'trail') => told.push(...steps.map((s) => ({ ...s, by })));
  const has = (s: Passed) => told.some((t) => t.node === s.node && t.visit === s.visit);
  if (payload.failure) {
    const { failedRedrive, redrive } = payload.failure;
    return redrive > failedRedrive ? { answer: { outlet: '' } } : { throw: FAILED_ERROR };
  }
  tell(payload.trail, 'trail');
  const self = (outlet: string): Passed => ({ node: payload.node, visit: payload.visit, outlet, at: iso(now) });
  if (payload.end) {
    tell([self('')], 'step');
    return { answer: { outlet: '' }, ended: payload.end.outcome };
  }
  const at = graph.node(payload.node)!;
  const decision = at.kind.decide!(at.config, factsAt(world, graph, payload.node, now, Date.parse(payload.enteredAt)));
  if (decision.type === 'await') return { answer: { outlet: '' }, awaits: decision.for };
  if (decision.type === 'until') return { answer: { outlet: decision.outlet, until: decision.instant } };
  const again = comeAgain(world, decision, now);
  if (again !== undefined) return { answer: { outlet: '', until: iso(again) } };
  const end = decision.effects?.find((e) => e.type === 'end');
  const outlet = perform(world, at, payload.visit, decision);
  if (payload.token === undefined && !has(self(outlet))) tell([self(outlet)], 'step');
  return { answer: { outlet }, ...(end?.type === 'end' && { ended: end.outcome }) };
}
