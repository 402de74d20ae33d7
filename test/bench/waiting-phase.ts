/** One phase of waiting.bench.ts, in a process of its own: `node waiting-phase.ts start|open|move FILE EXECUTIONS`. */
import { createStepFunctions } from '../../infra/local/step-functions/index.ts';

export interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  /** Before the file was opened. */
  readonly emptyMegabytes: number;
}

const [phase = '', file = '', executions = '0'] = process.argv.slice(2);
const COUNT = Number(executions);
const START = Date.parse('2026-03-01T09:00:00Z');
const ROLE = 'arn:aws:iam::000000000000:role/bench';
const MACHINE = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Wait', Seconds: '{% 86400 + $states.input.n %}', Next: 'Tell' },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'f', Payload: '{% $states.input.n %}' },
      End: true,
    },
  },
};

/** Spread over the day, and not in the order of their starts. */
const delayOf = (i: number): number => (i * 7919) % COUNT;

let now = START;
const told: number[] = [];
const megabytes = () => process.memoryUsage().rss / 1e6;
const emptyMegabytes = megabytes();
const began = performance.now();
const service = createStepFunctions({
  file,
  clock: { now: () => now, changed: () => {} },
  account: '000000000000',
  region: 'us-east-1',
  lambda: {
    async invoke(_name, payload) {
      told.push(payload as number);
      return { ok: true, payload: null };
    },
  },
});
const settle = async (): Promise<void> => {
  do await new Promise((resolve) => setImmediate(resolve));
  while (service.busy());
};

const phases: Record<string, () => Promise<void>> = {
  async start() {
    const definition = JSON.stringify(MACHINE);
    const made = await service.handle('CreateStateMachine', { name: 'bench', definition, roleArn: ROLE });
    const { stateMachineArn } = made as { stateMachineArn: string };
    for (let from = 0; from < COUNT; from += 1000) {
      await Promise.all(
        Array.from({ length: Math.min(1000, COUNT - from) }, (_, i) => {
          const input = JSON.stringify({ n: delayOf(from + i) });
          return service.handle('StartExecution', { stateMachineArn, name: `run-${from + i}`, input });
        }),
      );
    }
    await settle();
  },
  async open() {
    await settle();
  },
  async move() {
    for (let due = service.nextDue(); due !== undefined; due = service.nextDue()) {
      now = due;
      await service.fireDue(now);
      await settle();
    }
    const inOrder = told.every((n, i) => i === 0 || n >= (told[i - 1] as number));
    if (told.length !== COUNT || !inOrder) throw new Error(`${told.length} were told, in order: ${inOrder}`);
  },
};

const run = phases[phase];
if (run === undefined) throw new Error(`There is no phase "${phase}"`);
await run();
const measured: Measured = { seconds: (performance.now() - began) / 1000, megabytes: megabytes(), emptyMegabytes };
service.close();
process.stdout.write(JSON.stringify(measured));
process.exit(0);
