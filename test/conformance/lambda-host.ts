/** Functions that behave as those of the recordings did (Python ones: their errors look so). */
import { randomUUID } from 'node:crypto';
import type { LambdaHost, LambdaResult } from '../../infra/local/time-source.ts';
import type { Json, LambdaBehaviour } from './recordings.ts';
import type { TestClock } from './test-clock.ts';

/** A value as Python prints it. */
export function pythonText(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${pythonText(key)}: ${pythonText(member)}`)
    .join(', ')}}`;
}

type Behave = (behaviour: LambdaBehaviour, payload: Json, clock: TestClock) => Promise<LambdaResult> | LambdaResult;

const BEHAVIOURS: Record<string, Behave> = {
  identity: (_, payload) => ({ ok: true, payload }),
  constant: ({ value }) => ({ ok: true, payload: typeof value === 'string' ? JSON.parse(value) : value }),
  large: ({ length }) => ({ ok: true, payload: 'a'.repeat(length as number) }),
  decorate: ({ prefix }, payload) => ({ ok: true, payload: `${prefix}${pythonText(payload)}` }),
  raise: ({ errorType, errorMessage }) => {
    const message = (errorMessage as string | undefined) ?? '';
    const line = `    raise ${errorType}(${message && JSON.stringify(message)})\n`;
    const stackTrace = [`  File "/var/task/handler.py", line 2, in handler\n${line}`];
    const payload = { errorMessage: message, errorType, requestId: randomUUID(), stackTrace };
    return { ok: false, errorType: errorType as string, errorMessage: message, payload };
  },
  sleepIdentity: async ({ seconds }, payload, clock) => {
    await clock.sleep((seconds as number) * 1000);
    return { ok: true, payload };
  },
};

export function recordedLambdas(
  lambdas: readonly { name: string; arn: string; behaviour: LambdaBehaviour }[],
  clock: TestClock,
): LambdaHost {
  return {
    async invoke(name, payload) {
      const found = lambdas.find((lambda) => [lambda.name, lambda.arn, `${lambda.arn}:$LATEST`].includes(name));
      const behave = found && BEHAVIOURS[found.behaviour.kind];
      if (!found || !behave) return { ok: false, notFound: true };
      return behave(found.behaviour, payload as Json, clock);
    },
  };
}
