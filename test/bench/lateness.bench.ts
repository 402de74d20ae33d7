/**
 * How late things fire under the real clock while the stack has other work: waits of state machines (each due at a
 * moment of its own), retries of tasks that failed, time limits of tasks that nobody answers, schedules. The stack is the whole one, with all its services; the
 * load comes over HTTP by the AWS SDK, several calls at a time without a pause: executions of a small journey that calls
 * a function, and events for a rule with a function behind it. The calls are made by the same process, so the load that
 * an application puts on its own processor is in it as well.
 *
 * Read from what the stack itself writes down: the history's timestamps, and the moment at which the function is called.
 * Then, without other work, a thousand waits are due each second.
 *
 * Lateness is from the moment at which it should fire; what comes early would show as a failure.
 */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  CreateStateMachineCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { sdk, startTestStack, type TestStack } from '../../infra/local/test-support/start.ts';
import type { BenchRow } from './row.ts';

const WAITS = 200;
const RETRIES = 40;
const LIMITS = 40;
/** So many waits, PER_SECOND of them due in each second. */
const MANY = 3_000;
const PER_SECOND = 1_000;
const START_AT_ONCE = 16;
/** All is due within so long (ms), after what it takes to set it up. */
const WITHIN = 10_000;
const LEAD = 3_000;
const LOAD_AT_ONCE = 4;
const GOAL_MS = 100;

const roleArn = 'arn:aws:iam::000000000000:role/bench';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:pergola-steps-decide';

interface Bench {
  readonly stack: TestStack;
  readonly states: SFNClient;
  machine(name: string, states: Record<string, unknown>): Promise<string>;
  start(stateMachineArn: string, input: unknown): Promise<string>;
}

function open(stack: TestStack): Bench {
  const states = new SFNClient(sdk(stack));
  return {
    stack,
    states,
    async machine(name, all) {
      const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(all)[0], States: all });
      return (await states.send(new CreateStateMachineCommand({ name, definition, roleArn }))).stateMachineArn ?? '';
    },
    async start(stateMachineArn, input) {
      const made = await states.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
      return made.executionArn ?? '';
    },
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls without a pause until told to stop; answers how many were made. */
function load({ stack, machine, start }: Bench): () => Promise<number> {
  const events = new EventBridgeClient(sdk(stack));
  let going = true;
  let calls = 0;
  const workers = machine('load', {
    Enter: { Type: 'Pass', Output: { say: '{% $states.input.n %}' }, Next: 'Touch' },
    Touch: { Type: 'Task', Resource: FUNCTION, Arguments: '{% $states.input %}', End: true },
  }).then((journey) =>
    Promise.all(
      Array.from({ length: LOAD_AT_ONCE }, async () => {
        while (going) {
          const n = calls++;
          if (n % 2 === 0) await start(journey, { n });
          else {
            const Detail = JSON.stringify({ id: `load-${n}` });
            await events.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'track', Detail }] }));
          }
        }
      }),
    ),
  );
  return async () => {
    going = false;
    await workers;
    return calls;
  };
}

/** Executions that wait, each until a moment of its own; gives how late (ms) each went on. */
async function waits({ machine, start, states }: Bench, from: number): Promise<() => Promise<number[]>> {
  const arn = await machine('waits', { Wait: { Type: 'Wait', Timestamp: '{% $states.input.until %}', End: true } });
  const due = Array.from({ length: WAITS }, (_, i) => from + Math.round((i * WITHIN) / WAITS));
  const begun = await Promise.all(due.map((at) => start(arn, { until: new Date(at).toISOString() })));
  return () =>
    Promise.all(
      begun.map(async (execution, i) => {
        const events = await historyOf(states, execution);
        return momentOf(events, 'WaitStateExited') - (due[i] as number);
      }),
    );
}

/** Tasks that fail and are tried again after 1 to 4 seconds; gives how late each was. */
async function retries({ machine, start, states }: Bench): Promise<() => Promise<number[]>> {
  const intervals = [1, 2, 3, 4];
  const machines = await Promise.all(
    intervals.map((IntervalSeconds) =>
      machine(`retry-${IntervalSeconds}`, {
        Touch: {
          Type: 'Task',
          Resource: FUNCTION,
          Arguments: { fail: 'not yet' },
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds, MaxAttempts: 2, BackoffRate: 1 }],
          End: true,
        },
      }),
    ),
  );
  const begun = await Promise.all(
    Array.from({ length: RETRIES }, (_, i) => start(machines[i % intervals.length] as string, {})),
  );
  return async () => {
    const each = begun.map(async (execution, i) => {
      const events = await historyOf(states, execution);
      const tries = timesOf(events, 'LambdaFunctionScheduled').slice(1);
      if (tries.length !== 2) throw new Error(`${tries.length} retries`);
      const failures = timesOf(events, 'LambdaFunctionFailed');
      return tries.map((at, n) => at - (failures[n] as number) - (intervals[i % intervals.length] as number) * 1_000);
    });
    return (await Promise.all(each)).flat();
  };
}

/** Tasks that wait for a token which nobody brings back, 1 to 4 seconds long; gives how late each ended. */
async function limits({ machine, start, states }: Bench): Promise<() => Promise<number[]>> {
  const arn = await machine('limits', {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: FUNCTION, Payload: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: '{% $states.input.seconds %}',
      End: true,
    },
  });
  const seconds = (i: number) => 1 + (i % 4);
  const begun = await Promise.all(Array.from({ length: LIMITS }, (_, i) => start(arn, { seconds: seconds(i) })));
  return () =>
    Promise.all(
      begun.map(async (execution, i) => {
        const events = await historyOf(states, execution);
        return momentOf(events, 'TaskTimedOut') - momentOf(events, 'TaskScheduled') - seconds(i) * 1_000;
      }),
    );
}

/** Many waits due one after the other, while nothing else is done; gives how late each execution ended. */
async function manyWaits({ machine, states }: Bench): Promise<number[]> {
  const stateMachineArn = await machine('many', {
    Wait: { Type: 'Wait', Timestamp: '{% $states.input.until %}', End: true },
  });
  // Started before the first is due, however long that takes.
  const due: number[] = [];
  const from = Date.now() + MANY * 10;
  let next = 0;
  const starter = async () => {
    for (let i = next++; i < MANY; i = next++) {
      const at = from + Math.round((i * 1_000) / PER_SECOND);
      due[i] = at;
      const input = JSON.stringify({ until: new Date(at).toISOString() });
      await states.send(new StartExecutionCommand({ stateMachineArn, name: String(i), input }));
    }
  };
  await Promise.all(Array.from({ length: START_AT_ONCE }, starter));
  await sleep(from + (MANY * 1_000) / PER_SECOND + 2_000 - Date.now());
  const late: number[] = [];
  let nextToken: string | undefined;
  do {
    const ask = { stateMachineArn, maxResults: 1_000, ...(nextToken !== undefined && { nextToken }) };
    const page = await states.send(new ListExecutionsCommand(ask));
    for (const { name, stopDate } of page.executions ?? [])
      late.push((stopDate?.getTime() ?? Number.NaN) - (due[Number(name)] as number));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  if (late.length !== MANY || late.some(Number.isNaN)) throw new Error(`Not all of ${MANY} waits ended`);
  return late;
}

/** One-time schedules of Scheduler, three for each whole second, that call a function. */
async function schedules({ stack }: Bench, from: number): Promise<() => Promise<number[]>> {
  const scheduler = new SchedulerClient(sdk(stack));
  const first = Math.ceil(from / 1_000);
  const count = (3 * WITHIN) / 1_000;
  await Promise.all(
    Array.from({ length: count }, (_, i) => {
      const at = new Date((first + Math.floor(i / 3)) * 1_000).toISOString().slice(0, 19);
      const Target = { Arn: FUNCTION, RoleArn: roleArn, Input: '{"say":"due <aws.scheduler.scheduled-time>"}' };
      return scheduler.send(
        new CreateScheduleCommand({
          Name: `due-${i}`,
          ScheduleExpression: `at(${at})`,
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target,
        }),
      );
    }),
  );
  return async () => {
    const late = stack.calls('step').flatMap(({ at, event }) => {
      const { say } = event as { say?: unknown };
      return typeof say === 'string' && say.startsWith('due ') ? at - Date.parse(say.slice(4)) : [];
    });
    if (late.length !== count) throw new Error(`${late.length} of ${count} schedules fired`);
    return late;
  };
}

async function historyOf(states: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  return (await states.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? [];
}

const timesOf = (events: HistoryEvent[], type: string): number[] =>
  events.flatMap((event) => (event.type === type ? (event.timestamp?.getTime() ?? []) : []));

function momentOf(events: HistoryEvent[], type: string): number {
  const [at] = timesOf(events, type);
  if (at === undefined) throw new Error(`No ${type} in a history`);
  return at;
}

function row(what: string, late: number[], calls: number): BenchRow {
  if (Math.min(...late) < 0) throw new Error(`${what} fired ${-Math.min(...late)} ms early`);
  const sorted = late.toSorted((a, b) => a - b);
  return {
    what: `the latest of ${late.length} ${what}`,
    unit: 'ms',
    ours: Math.max(1, ...late),
    against: 'the goal',
    theirs: GOAL_MS,
    lowerIsBetter: true,
    note: `real clock; half of them within ${sorted[Math.floor(late.length / 2)]} ms; ${calls} SDK calls meanwhile`,
  };
}

/** The rows for `npm run bench`. */
export async function rows(): Promise<BenchRow[]> {
  const bench = open(await startTestStack());
  try {
    const from = Date.now() + LEAD;
    const late = {
      waits: await waits(bench, from),
      schedules: await schedules(bench, from),
    };
    const stop = load(bench);
    await sleep(from - Date.now());
    const tried = await retries(bench);
    const limited = await limits(bench);
    await sleep(WITHIN + 500);
    const calls = await stop();
    await sleep(500);
    return [
      row('waits', await late.waits(), calls),
      row('retries', await tried(), calls),
      row('time limits', await limited(), calls),
      row('schedules', await late.schedules(), calls),
      row(`waits, ${PER_SECOND} due each second`, await manyWaits(bench), 0),
    ];
  } finally {
    await bench.stack.end();
  }
}
