/**
 * Transitions (states entered) per second of the interpreter alone and of the durable service, against
 * aws-local-stepfunctions 3, which keeps nothing and knows no JSONata. Both run the same definitions on the same inputs
 * and must come to the same outputs; both do nothing in the function and do not really wait (the peer's waits are
 * overridden by 0 ms, its timers' least). Ours writes AWS's history, the peer a log of its own.
 *
 * Rates are by processor time (collecting garbage included, the peer's waiting for timers not), which hardly changes
 * with what else the machine does. What the durable service waits for the disk is not in it: its note has the rate by
 * the clock. The sides take turns, a few rounds of the same length after one to warm up, and the best round of each
 * counts. The peer is given the number of executions at once that suits it best.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { StateMachine } from 'aws-local-stepfunctions';
import { createStepFunctions } from '../../infra/local/step-functions/index.ts';
import { compileMachine, drive, type Json, type JsonObject } from '../../shared/asl/index.ts';
import { cpuMs } from './cpu-ms.ts';
import { JOURNEY, type MachineShape, SHAPES } from './machine-shapes.ts';
import type { BenchRow } from './row.ts';

const START = Date.parse('2026-03-01T09:00:00Z');
const ROUNDS = 2;
const ROUND_MS = 250;
/** How many executions the peer has open at a time. */
const AT_ONCE = [100, 1_000];
const DURABLE_RUNS = 4_000;
const PEER = 'aws-local-stepfunctions 3, in memory';

const input = (i: number) => ({ id: `customer-${i}`, n: 11 + (i % 5) });

/** Some executions, the first of them numbered `from`; answers how many there were and what the first came to. */
type Side = (from: number) => Promise<{ runs: number; output: unknown }>;

function ours(definition: Json): Side {
  const machine = compileMachine(definition);
  return async (from) => {
    const runs = 50;
    let output: unknown;
    for (let i = from; i < from + runs; i++) {
      const run = driven(machine, i);
      if (i === from) output = run.state.output;
      if (run.state.status !== 'SUCCEEDED') throw new Error(`Run ${i} is ${run.state.status}: ${run.state.cause}`);
    }
    return { runs, output };
  };
}

const driven = (machine: ReturnType<typeof compileMachine>, i: number) =>
  drive(
    machine,
    {
      id: `id-${i}`,
      executionArn: `arn:aws:states:us-east-1:000000000000:execution:bench:${i}`,
      name: String(i),
      roleArn: 'arn:aws:iam::000000000000:role/bench',
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:bench',
      stateMachineName: 'bench',
      input: input(i),
    },
    // A moment of its own for each: none gains by another's having been written already.
    { now: START + i, answer: () => ({ output: { ok: true } }) },
  );

const namesOf = ({ definition }: MachineShape, type: string): string[] =>
  Object.entries(definition.States as JsonObject).flatMap(([name, state]) =>
    (state as { Type: string }).Type === type ? name : [],
  );

function theirs(shape: MachineShape, atOnce: number): Side {
  const machine = new StateMachine(shape.definition as unknown as ConstructorParameters<typeof StateMachine>[0]);
  const each = <T>(type: string, value: T) => Object.fromEntries(namesOf(shape, type).map((name) => [name, value]));
  const overrides = {
    taskResourceLocalHandlers: each('Task', async () => ({ ok: true })),
    waitTimeOverrides: each('Wait', 0),
  };
  return async (from) => {
    const all = Array.from({ length: atOnce }, (_, i) => machine.run(input(from + i), { overrides }).result);
    return { runs: atOnce, output: (await Promise.all(all))[0] };
  };
}

/** The best of each side's rounds, in executions per second. */
async function compare(sides: readonly Side[]): Promise<number[]> {
  const best = sides.map(() => 0);
  const first = await Promise.all(sides.map((side) => side(0)));
  for (const { output } of first) {
    if (!isDeepStrictEqual(output, first[0]?.output)) throw new Error('The two do not come to the same');
  }
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, side] of sides.entries()) {
      const began = cpuMs();
      let runs = 0;
      while (cpuMs() - began < ROUND_MS) runs += (await side(runs)).runs;
      const perSecond = (runs * 1_000) / (cpuMs() - began);
      if (round > 0) best[i] = Math.max(best[i] as number, perSecond);
    }
  }
  return best;
}

const transitionsOf = (definition: Json): number =>
  driven(compileMachine(definition), 0).events.filter(({ type }) => type.endsWith('StateEntered')).length;

/** Executions per second, from the first StartExecution until the file is closed with all of it written back. */
async function durable(file: string): Promise<{ byProcessor: number; byClock: number }> {
  let now = START;
  const service = createStepFunctions({
    file,
    clock: { now: () => now, changed: () => {} },
    lambda: { invoke: async () => ({ ok: true, payload: { ok: true } }) },
    account: '000000000000',
    region: 'us-east-1',
  });
  const settle = async () => {
    do await new Promise((resolve) => setImmediate(resolve));
    while (service.busy());
  };
  const { stateMachineArn } = (await service.handle('CreateStateMachine', {
    name: 'bench',
    definition: JSON.stringify(JOURNEY.jsonata),
    roleArn: 'arn:aws:iam::000000000000:role/bench',
  })) as { stateMachineArn: string };
  const cpu = cpuMs();
  const began = performance.now();
  const starts = Array.from({ length: DURABLE_RUNS }, (_, i) =>
    service.handle('StartExecution', { stateMachineArn, name: `run-${i}`, input: JSON.stringify(input(i)) }),
  );
  await Promise.all(starts);
  await settle();
  for (let due = service.nextDue(); due !== undefined; due = service.nextDue()) {
    now = due;
    await service.fireDue(now);
    await settle();
  }
  const { executions } = (await service.handle('ListExecutions', {
    stateMachineArn,
    statusFilter: 'SUCCEEDED',
    maxResults: 1000,
  })) as { executions: unknown[] };
  if (executions.length !== Math.min(DURABLE_RUNS, 1000)) throw new Error('Not all runs of the service succeeded');
  service.close();
  const perSecond = (ms: number) => (DURABLE_RUNS * 1_000) / ms;
  return { byProcessor: perSecond(cpuMs() - cpu), byClock: perSecond(performance.now() - began) };
}

/** The rows for `npm run bench`. */
export async function rows(): Promise<BenchRow[]> {
  const unit = 'transitions/s';
  const row = (what: string, mine: number, peer: number, note?: string): BenchRow => ({
    what,
    unit,
    ours: mine,
    against: PEER,
    theirs: peer,
    ...(note && { note }),
  });
  const table: BenchRow[] = [];
  let peerJourney = 0;
  for (const shape of SHAPES) {
    const own = [ours(shape.definition)];
    if (shape.jsonata) own.push(ours(shape.jsonata));
    const rates = await compare([...own, ...AT_ONCE.map((most) => theirs(shape, most))]);
    const transitions = transitionsOf(shape.definition);
    const perSecond = rates.map((runs) => runs * transitions);
    const peer = Math.max(...perSecond.slice(own.length));
    table.push(row(`interpreter, ${shape.name}`, perSecond[0] as number, peer));
    if (shape.jsonata) table.push(row(`interpreter, ${shape.name} in JSONata`, perSecond[1] as number, peer));
    if (shape === JOURNEY) peerJourney = peer;
  }
  const folder = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
  try {
    let best = 0;
    let byClock = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      const rate = await durable(join(folder, `${round}.sqlite`));
      best = Math.max(best, rate.byProcessor);
      byClock = Math.max(byClock, rate.byClock);
    }
    const transitions = transitionsOf(JOURNEY.definition);
    const note = `by the clock ${Math.round(byClock * transitions).toLocaleString('en-US')}`;
    const what = 'durable service, journey in JSONata, every step on disk';
    table.push(row(what, best * transitions, peerJourney, note));
    return table;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
