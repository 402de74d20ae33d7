/**
 * Transitions per second of the interpreter alone and of the durable service, against aws-local-stepfunctions 3 (which
 * keeps nothing and knows no JSONata) on the same intents, in the same run: a small journey that looks at its input,
 * branches, calls a function, waits, branches on the answer and ends. Ours in JSONata, theirs in JSONPath; both do
 * nothing in the function and do not really wait. All of theirs run at once, as ours do in the service.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import { createStepFunctions } from '../../infra/local/step-functions/index.ts';
import { compileMachine, drive, type Json } from '../../shared/asl/index.ts';
import type { BenchRow } from './row.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:touch';
const START = Date.parse('2026-03-01T09:00:00Z');
const RUNS = 2_000;
const PEER = 'aws-local-stepfunctions 3, in memory';
/** States entered in one run. */
const TRANSITIONS = 7;

const OURS: Json = {
  QueryLanguage: 'JSONata',
  StartAt: 'Enter',
  States: {
    Enter: { Type: 'Pass', Output: { id: '{% $states.input.id %}', score: '{% $states.input.n %}' }, Next: 'High' },
    High: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.score > 10 and $states.input.id != "none" %}', Next: 'Touch' }],
      Default: 'Left',
    },
    Touch: {
      Type: 'Task',
      Resource: FUNCTION,
      Arguments: { customer: '{% $states.input.id %}' },
      Output: { id: '{% $states.input.id %}', answer: '{% $states.result %}' },
      Next: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Answered' },
    Answered: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.answer.ok %}', Next: 'Note' }],
      Default: 'Left',
    },
    Note: { Type: 'Pass', Output: { id: '{% $states.input.id %}', done: true }, Next: 'Left' },
    Left: { Type: 'Succeed' },
  },
};

const THEIRS = {
  StartAt: 'Enter',
  States: {
    Enter: { Type: 'Pass', Parameters: { 'id.$': '$.id', 'score.$': '$.n' }, Next: 'High' },
    High: {
      Type: 'Choice',
      Choices: [
        {
          And: [{ Variable: '$.score', NumericGreaterThan: 10 }, { Not: { Variable: '$.id', StringEquals: 'none' } }],
          Next: 'Touch',
        },
      ],
      Default: 'Left',
    },
    Touch: {
      Type: 'Task',
      Resource: FUNCTION,
      Parameters: { 'customer.$': '$.id' },
      ResultPath: '$.answer',
      Next: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Answered' },
    Answered: {
      Type: 'Choice',
      Choices: [{ Variable: '$.answer.ok', BooleanEquals: true, Next: 'Note' }],
      Default: 'Left',
    },
    Note: { Type: 'Pass', Parameters: { 'id.$': '$.id', done: true }, Next: 'Left' },
    Left: { Type: 'Succeed' },
  },
};

const input = (i: number) => ({ id: `customer-${i}`, n: 11 + (i % 5) });

/** The best of three: other work on the machine only ever slows a run down. */
async function perSecond(work: (attempt: number) => Promise<void> | void): Promise<number> {
  let best = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    const from = performance.now();
    await work(attempt);
    best = Math.max(best, (RUNS * TRANSITIONS * 1_000) / (performance.now() - from));
  }
  return best;
}

function interpreted(): void {
  const machine = compileMachine(OURS);
  for (let i = 0; i < RUNS; i++) {
    const { state } = drive(
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
      { now: START, answer: () => ({ output: { ok: true } }) },
    );
    if (state.status !== 'SUCCEEDED') throw new Error(`Run ${i} is ${state.status}: ${state.cause}`);
  }
}

async function durable(file: string): Promise<void> {
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
  try {
    const { stateMachineArn } = (await service.handle('CreateStateMachine', {
      name: 'bench',
      definition: JSON.stringify(OURS),
      roleArn: 'arn:aws:iam::000000000000:role/bench',
    })) as { stateMachineArn: string };
    const starts = Array.from({ length: RUNS }, (_, i) =>
      service.handle('StartExecution', { stateMachineArn, name: `run-${i}`, input: JSON.stringify(input(i)) }),
    );
    await Promise.all(starts);
    await settle();
    for (let due = service.nextDue(); due !== undefined; due = service.nextDue()) {
      now = due;
      await service.fireDue(now);
      await settle();
    }
    const running = (await service.handle('ListExecutions', {
      stateMachineArn,
      statusFilter: 'SUCCEEDED',
      maxResults: 1000,
    })) as {
      executions: unknown[];
    };
    if (running.executions.length !== Math.min(RUNS, 1000)) throw new Error('Not all runs of the service succeeded');
  } finally {
    service.close();
  }
}

async function peer(): Promise<void> {
  const machine = new StateMachine(THEIRS as ConstructorParameters<typeof StateMachine>[0]);
  const overrides = {
    taskResourceLocalHandlers: { Touch: async () => ({ ok: true }) },
    waitTimeOverrides: { Wait: 0 },
  };
  await Promise.all(Array.from({ length: RUNS }, (_, i) => machine.run(input(i), { overrides }).result));
}

/** The rows for `npm run bench`. */
export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
  try {
    interpreted();
    await peer();
    const alone = await perSecond(interpreted);
    const kept = await perSecond((attempt) => durable(join(folder, `executions-${attempt}.sqlite`)));
    const theirs = await perSecond(peer);
    const unit = 'transitions/s';
    return [
      { what: 'interpreter alone', unit, ours: alone, against: PEER, theirs, note: 'with AWS history events' },
      { what: 'durable service, every step on disk', unit, ours: kept, against: PEER, theirs },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
