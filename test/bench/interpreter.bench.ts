/**
 * Transitions (states entered) per second of the interpreter alone and of the durable service, against
 * aws-local-stepfunctions 3, which keeps nothing and knows no JSONata. Both run the same definitions on the same inputs
 * and must come to the same outputs; both do nothing in the function and do not really wait (the peer's waits are
 * overridden by 0 ms, its timers' least). Ours writes AWS's history, the peer a log of its own, which nobody reads.
 *
 * Rates are by processor time (collecting garbage included, the peer's waiting for timers not), which hardly changes
 * with what else the machine does; the durable service, which also waits for the disk, is compared by the clock as well.
 * The sides take turns, a few rounds of at least the same length after one to warm up, and the best round of each
 * counts. The peer is given the number of executions at once that suits it best.
 *
 * Neither side's log is read: ours is put into AWS's shape when it is. So of Waits and Tasks, where there is little else
 * to do, there are two rows more: ours with its history read, and only making such events, with nothing that decides them.
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
const ROUNDS = 4;
const ROUND_MS = 250;
/** How many executions the peer has open at a time. */
const AT_ONCE = [100, 1_000];
/** How many of ours follow each other before the clock is looked at, which takes as long as a few of them. */
const IN_A_ROW = 500;
const DURABLE_RUNS = 4_000;
const PEER = 'aws-local-stepfunctions 3, in memory';

const input = (i: number) => ({ id: `customer-${i}`, n: 11 + (i % 5) });

/** Some executions, the first of them numbered `from`; answers how many there were and what the first came to. */
type Side = (from: number) => Promise<{ runs: number; output: unknown }>;

function ours(definition: Json, read = false): Side {
  const machine = compileMachine(definition);
  return async (from) => {
    const runs = IN_A_ROW;
    let output: unknown;
    for (let i = from; i < from + runs; i++) {
      const run = driven(machine, i);
      if (i === from) output = run.state.output;
      if (read && run.events.length === 0) throw new Error(`Run ${i} has no history`);
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

interface Rate {
  byProcessor: number;
  byClock: number;
}

/** The best of each side's rounds, in executions per second. */
async function compare(sides: readonly Side[]): Promise<Rate[]> {
  const best = sides.map(() => ({ byProcessor: 0, byClock: 0 }));
  const first: unknown[] = [];
  for (const side of sides) first.push((await side(0)).output);
  if (first.some((output) => !isDeepStrictEqual(output, first[0]))) throw new Error('They do not come to the same');
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, side] of sides.entries()) {
      const cpu = cpuMs();
      const began = performance.now();
      let runs = 0;
      while (cpuMs() - cpu < ROUND_MS) runs += (await side(runs)).runs;
      const rate = best[i] as Rate;
      if (round === 0) continue;
      rate.byProcessor = Math.max(rate.byProcessor, (runs * 1_000) / (cpuMs() - cpu));
      rate.byClock = Math.max(rate.byClock, (runs * 1_000) / (performance.now() - began));
    }
  }
  return best;
}

const transitionsOf = (definition: Json): number =>
  driven(compileMachine(definition), 0).events.filter(({ type }) => type.endsWith('StateEntered')).length;

/** The events of `five Waits`, and nothing that decides them. */
async function onlyEvents(from: number): Promise<{ runs: number; output: unknown }> {
  const runs = IN_A_ROW;
  const truncated = { truncated: false };
  let events: object[] = [];
  for (let i = from; i < from + runs; i++) {
    const value = input(i);
    const timestamp = START + i;
    const text = () => JSON.stringify(value);
    events = [
      { type: 'ExecutionStarted', details: { input: text(), truncated }, timestamp, id: 1, previousEventId: 0 },
    ];
    for (let n = 0; n < 5; n++) {
      const id = 2 * n + 2;
      const entered = { name: 'Step', input: text(), truncated };
      events.push({ type: 'WaitStateEntered', details: entered, timestamp, id, previousEventId: id - 1 });
      const exited = { name: 'Step', output: text(), truncated };
      events.push({ type: 'WaitStateExited', details: exited, timestamp, id: id + 1, previousEventId: id });
    }
    const details = { output: text(), truncated };
    events.push({ type: 'ExecutionSucceeded', details, timestamp, id: 12, previousEventId: 11 });
  }
  return { runs: events.length === 12 ? runs : 0, output: input(0) };
}

/** Each time a file of its own: from its making, over every step of its executions, until all of it is written back. */
function durable(folder: string): Side {
  let files = 0;
  return async () => {
    let now = START;
    const service = createStepFunctions({
      file: join(folder, `${files++}.sqlite`),
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
    const executionArn = stateMachineArn.replace(':stateMachine:', ':execution:');
    const { output } = (await service.handle('DescribeExecution', { executionArn: `${executionArn}:run-0` })) as {
      output: string;
    };
    service.close();
    return { runs: DURABLE_RUNS, output: JSON.parse(output) as unknown };
  };
}

const UNIT = 'transitions/s';

async function shapeRows(shape: MachineShape): Promise<BenchRow[]> {
  const per = transitionsOf(shape.definition);
  const own = [ours(shape.definition), ...(shape.jsonata ? [ours(shape.jsonata)] : [])];
  const bare = shape.name === 'five Waits' ? [onlyEvents] : [];
  const extra = [...(shape.name.startsWith('five') ? [ours(shape.definition, true)] : []), ...bare];
  const sides = [...own, ...extra, ...AT_ONCE.map((most) => theirs(shape, most))];
  const rates = (await compare(sides)).map(({ byProcessor }) => byProcessor * per);
  const theirBest = Math.max(...rates.slice(own.length + extra.length));
  const row = (what: string, mine: number) => ({ what, unit: UNIT, ours: mine, against: PEER, theirs: theirBest });
  return [
    row(`interpreter, ${shape.name}`, rates[0] as number),
    ...(shape.jsonata ? [row(`interpreter, ${shape.name} in JSONata`, rates[1] as number)] : []),
    ...extra.map((_, i) =>
      row(
        i === 0 ? `${shape.name}, their histories read` : `for comparison: only making the events of ${shape.name}`,
        rates[own.length + i] as number,
      ),
    ),
  ];
}

async function durableRows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
  try {
    const per = transitionsOf(JOURNEY.definition);
    const [mine, ...peers] = await compare([durable(folder), ...AT_ONCE.map((most) => theirs(JOURNEY, most))]);
    return (['byProcessor', 'byClock'] as const).map((by) => ({
      what: `durable service, journey in JSONata, every step on disk${by === 'byClock' ? ', by the clock' : ''}`,
      unit: UNIT,
      ours: (mine as Rate)[by] * per,
      against: PEER,
      theirs: Math.max(...peers.map((peer) => peer[by])) * per,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rows for `npm run bench`. */
export async function rows(): Promise<BenchRow[]> {
  const table: BenchRow[] = [];
  for (const shape of SHAPES) table.push(...(await shapeRows(shape)));
  return [...table, ...(await durableRows())];
}
