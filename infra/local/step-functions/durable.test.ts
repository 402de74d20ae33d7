/** Nothing is lost when the process dies: a child runs executions and is killed with -9 again and again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Row } from './database.ts';
import { createStepFunctions } from './index.ts';
import { unpackEvents } from './packed-events.ts';
import { unpackState } from './packed-state.ts';
import { stepRow } from './schema.ts';

const START = Date.parse('2026-03-01T09:00:00Z');
const RUNS = 300;
const ROLE = 'arn:aws:iam::000000000000:role/r';

const DEFINITION = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: {
    First: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'note', Payload: { who: '{% $states.input.who %}', step: 'first' } },
      Output: { who: '{% $states.input.who %}' },
      Next: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: 3600, Next: 'Second' },
    Second: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'note', Payload: { who: '{% $states.input.who %}', step: 'second' } },
      Output: '{% $states.result.Payload %}',
      End: true,
    },
  },
});

/** Goes on with whatever the file holds until all is done; told to die at any moment. */
const CHILD = `
import { appendFileSync } from 'node:fs';
const { createStepFunctions } = await import(process.env.SERVICE);
let now = Number(process.env.NOW);
const service = createStepFunctions({
  file: process.env.FILE,
  clock: { now: () => now, changed: () => {} },
  account: '000000000000',
  region: 'us-east-1',
  concurrency: 8,
  lambda: {
    invoke: async (_, payload) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      appendFileSync(process.env.CALLS, JSON.stringify(payload) + '\\n');
      return { ok: true, payload: payload.who };
    },
  },
});
const settle = async () => {
  do await new Promise((resolve) => setImmediate(resolve));
  while (service.busy());
};
await service.handle('CreateStateMachine', { name: 'm', definition: process.env.DEFINITION, roleArn: '${ROLE}' });
const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
for (let i = 0; i < ${RUNS}; i++) {
  // The same name and input again is the same execution, however often this process was killed before.
  await service.handle('StartExecution', { stateMachineArn, name: 'run-' + i, input: JSON.stringify({ who: i }) }).catch((error) => {
    if (error.code !== 'ExecutionAlreadyExists') throw error;
  });
}
await settle();
for (let due = service.nextDue(); due !== undefined; due = service.nextDue()) {
  now = Math.max(now, due);
  await service.fireDue(now);
  await settle();
}
process.stdout.write('done');
service.close();
`;

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pergola-durable-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the child; kills it after \`ms\` unless it ends by itself. True when it was done. */
function life(ms: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
      env: {
        ...process.env,
        SERVICE: new URL('./index.ts', import.meta.url).href,
        FILE: join(folder, 'executions.sqlite'),
        CALLS: join(folder, 'calls'),
        NOW: String(START),
        DEFINITION,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    let output = '';
    let errors = '';
    started.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    started.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    const timer = setTimeout(() => started.kill('SIGKILL'), ms);
    started.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output === 'done');
      else if (signal === 'SIGKILL') resolve(false);
      else reject(new Error(errors));
    });
  });
}

describe('Step Functions on one machine', () => {
  it('ends every execution once, whole and with each call made, though it is killed at random moments', async () => {
    let done = false;
    let kills = 0;
    while (!done && kills < 60) {
      done = await life(kills < 12 ? 250 + ((kills * 137) % 400) : 20_000);
      if (!done) kills++;
    }
    expect(done).toBe(true);
    expect(kills).toBeGreaterThan(0);

    const db = new DatabaseSync(join(folder, 'executions.sqlite'), { readOnly: true });
    const ends = db.prepare('SELECT id, name, status, output FROM executions').all() as {
      id: number;
      name: string;
      status: string;
      output: string;
    }[];
    expect(ends).toHaveLength(RUNS);
    for (const { id, name, status, output } of ends) {
      expect([status, output]).toEqual(['SUCCEEDED', name.slice('run-'.length)]);
      const rows = db
        .prepare('SELECT events FROM steps WHERE id BETWEEN ? AND ? ORDER BY id')
        .all(stepRow(id, 0), stepRow(id + 1, 0) - 1) as { events: string }[];
      const events = rows.flatMap((row) => unpackEvents(row.events));
      expect(events.map((event) => event.id)).toEqual(events.map((_, i) => i + 1));
      expect(events.map((event) => event.type)).toEqual([
        'ExecutionStarted',
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSucceeded',
        'TaskStateExited',
        'WaitStateEntered',
        'WaitStateExited',
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSucceeded',
        'TaskStateExited',
        'ExecutionSucceeded',
      ]);
    }
    db.close();
  }, 120_000);

  it('goes on with a file that an older version made, whose histories and documents were kept otherwise', async () => {
    let now = START;
    const file = join(folder, 'older.sqlite');
    const options = {
      file,
      account: '000000000000',
      region: 'us-east-1',
      clock: { now: () => now, changed: () => {} },
      lambda: { invoke: async () => ({ ok: true as const, payload: 'told' }) },
    };
    const first = createStepFunctions(options);
    const { stateMachineArn } = (await first.handle('CreateStateMachine', {
      name: 'm',
      definition: DEFINITION,
      roleArn: ROLE,
    })) as { stateMachineArn: string };
    const { executionArn } = (await first.handle('StartExecution', {
      stateMachineArn,
      name: 'e',
      input: '{"who":7}',
    })) as { executionArn: string };
    do await new Promise((resolve) => setImmediate(resolve));
    while (first.busy());
    const history = async (service: typeof first) =>
      ((await service.handle('GetExecutionHistory', { executionArn })) as { events: unknown[] }).events;
    const before = await history(first);
    first.close();

    const db = new DatabaseSync(file);
    const row = db.prepare('SELECT * FROM executions').get() as Row;
    db.prepare('UPDATE executions SET state = ?').run(JSON.stringify(unpackState(row)?.state));
    db.exec(
      'CREATE TABLE history (execution INTEGER NOT NULL, first INTEGER NOT NULL, events TEXT NOT NULL, PRIMARY KEY (execution, first))',
    );
    for (const { id, events } of db.prepare('SELECT * FROM steps').all() as { id: number; events: string }[]) {
      const older = unpackEvents(events);
      db.prepare('INSERT INTO history VALUES (?, ?, ?)').run(
        row.id as number,
        id - stepRow(row.id as number, 0),
        JSON.stringify(older),
      );
    }
    db.exec('DROP TABLE steps');
    db.close();

    const second = createStepFunctions(options);
    expect(await history(second)).toEqual(before);
    now = second.nextDue() as number;
    await second.fireDue(now);
    do await new Promise((resolve) => setImmediate(resolve));
    while (second.busy());
    expect(await second.handle('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '"told"',
    });
    expect((await history(second)).slice(0, before.length)).toEqual(before);
    second.close();
  });

  it('goes on with a Map Run of ten thousand items where it was, and writes no more for each than itself', async () => {
    const file = join(folder, 'map-run.sqlite');
    const items = Array.from({ length: 10_000 }, (_, i) => i);
    const worked = new Map<number, number>();
    let down = 7_000;
    const options = {
      file,
      account: '000000000000',
      region: 'us-east-1',
      clock: { now: () => START, changed: () => {} },
      lambda: {
        invoke: async (_: string, payload: unknown) => {
          // From then on nobody answers: the process is about to die.
          if (down-- <= 0) return new Promise<never>(() => {});
          worked.set(payload as number, (worked.get(payload as number) ?? 0) + 1);
          return { ok: true as const, payload: (payload as number) + 1 };
        },
      },
    };
    const definition = {
      StartAt: 'All',
      States: {
        All: {
          Type: 'Map',
          MaxConcurrency: 200,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Work',
            States: {
              Work: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:work', End: true },
            },
          },
          End: true,
        },
      },
    };
    const first = createStepFunctions(options);
    const { stateMachineArn } = (await first.handle('CreateStateMachine', {
      name: 'm',
      definition: JSON.stringify(definition),
      roleArn: ROLE,
    })) as { stateMachineArn: string };
    const { executionArn } = (await first.handle('StartExecution', {
      stateMachineArn,
      input: JSON.stringify(items),
    })) as { executionArn: string };
    while (down > -5) await new Promise((resolve) => setImmediate(resolve));
    first.close();

    const db = new DatabaseSync(file);
    const [row] = db.prepare('SELECT length(state) AS state FROM executions').all() as { state: number }[];
    expect(row?.state).toBeLessThan(2_000);
    const longest = db.prepare("SELECT max(length(value)) AS n FROM execution_parts WHERE kind <> 'join'").get();
    expect((longest as { n: number }).n).toBeLessThan(2_000);
    db.close();

    down = Number.POSITIVE_INFINITY;
    const second = createStepFunctions(options);
    do await new Promise((resolve) => setImmediate(resolve));
    while (second.busy());
    const told = (await second.handle('DescribeExecution', { executionArn })) as { status: string; output: string };
    expect(told.status).toBe('SUCCEEDED');
    expect(JSON.parse(told.output)).toEqual(items.map((item) => item + 1));
    expect(worked.size).toBe(items.length);
    // Only what was under way when it died has been asked for twice.
    expect([...worked.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(200);
    const { mapRuns } = (await second.handle('ListMapRuns', { executionArn })) as { mapRuns: { mapRunArn: string }[] };
    expect(await second.handle('DescribeMapRun', { mapRunArn: mapRuns[0]?.mapRunArn })).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: items.length, succeeded: items.length, running: 0, pending: 0, failed: 0 },
    });
    second.close();
    const after = new DatabaseSync(file);
    expect(after.prepare('SELECT count(*) AS n FROM execution_parts').get()).toEqual({ n: 0 });
    after.close();
  });

  it('keeps ten thousand waits as rows over a restart, and fires them in the order of their times', async () => {
    let now = START;
    const file = join(folder, 'waits.sqlite');
    const options = {
      file,
      account: '000000000000',
      region: 'us-east-1',
      clock: { now: () => now, changed: () => {} },
      lambda: { invoke: async () => ({ ok: true as const, payload: null }) },
    };
    const ended: number[] = [];
    const count = 10_000;
    const first = createStepFunctions(options);
    const definition = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', SecondsPath: '$.s', End: true } } });
    const { stateMachineArn } = (await first.handle('CreateStateMachine', {
      name: 'w',
      definition,
      roleArn: ROLE,
    })) as { stateMachineArn: string };
    const starts = Array.from({ length: count }, (_, i) =>
      first.handle('StartExecution', {
        stateMachineArn,
        name: `w-${i}`,
        input: JSON.stringify({ s: 1 + ((i * 7_919) % 1_000) * 1_000 }),
      }),
    );
    await Promise.all(starts);
    first.close();

    const second = createStepFunctions({
      ...options,
      onStatusChange: (change) => ended.push(change.stopDate as number),
    });
    expect(second.nextDue()).toBe(START + 1_000);
    for (let due = second.nextDue(); due !== undefined; due = second.nextDue()) {
      now = due;
      await second.fireDue(now);
    }
    second.close();
    expect(ended).toHaveLength(count);
    expect(ended).toEqual([...ended].sort((a, b) => a - b));
    expect(ended.at(-1)).toBe(START + 999_001_000);
  }, 60_000);
});
