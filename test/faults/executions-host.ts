/**
 * A process that runs executions over one file until it is killed: `node executions-host.ts FILE CALLS FROM TO`. It goes
 * on with what the file holds, starts the executions FROM to TO (exclusive) that are not there yet, and notes every call
 * of the function in CALLS before it answers. Prints `up` when it begins, `done` when nothing is left to do.
 */
import { appendFileSync } from 'node:fs';
import { createClock } from '../../infra/local/clock.ts';
import { createStepFunctions } from '../../infra/local/step-functions/index.ts';
import { type Asked, HAS_ENDED, MACHINE, nameOf } from './executions.ts';

const [file = '', calls = '', from = '0', to = '0'] = process.argv.slice(2);
const kept = new Map<string, unknown>();
const clock = createClock({
  memory: {
    get: (key: string) => kept.get(key),
    set: (key: string, value: unknown) => void kept.set(key, value),
  } as never,
  used: () => true,
});
const service = createStepFunctions({
  file,
  clock,
  account: '000000000000',
  region: 'us-east-1',
  lambda: {
    async invoke(_name, payload) {
      const asked = payload as Asked;
      appendFileSync(calls, `${JSON.stringify(asked)}\n`);
      if (asked.refused) return { ok: false, errorType: 'Refused', errorMessage: 'No.', trace: [] };
      if (asked.flaky) return { ok: false, errorType: 'Flaky', errorMessage: 'Not now.', trace: [] };
      return { ok: true, payload: { told: asked.n } };
    },
  },
});
clock.add(service);
clock.start();

const { stateMachineArn } = (await service.handle('CreateStateMachine', {
  name: 'm',
  definition: JSON.stringify(MACHINE),
  roleArn: 'arn:aws:iam::000000000000:role/r',
})) as { stateMachineArn: string };
process.stdout.write('up ');
for (let n = Number(from); n < Number(to); n++) {
  const start = { stateMachineArn, name: nameOf(n), input: JSON.stringify({ n }) };
  // Same name, same input: the same execution, however often this process was killed before.
  await service.handle('StartExecution', start).catch((error: { code?: string }) => {
    if (error.code !== HAS_ENDED) throw error;
  });
}
do await new Promise((resolve) => setTimeout(resolve, 5));
while (service.busy() || service.nextDue() !== undefined);
process.stdout.write('done');
process.exit(0);
