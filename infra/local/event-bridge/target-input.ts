import { validation } from './validation.ts';

/** What a target is given instead of the whole event: `Input` (a text) or `InputPath` (a path into the event). */
export function targetInput(target: Readonly<Record<string, unknown>>, event: unknown, text: string): string {
  const { Input, InputPath } = target;
  if (typeof Input === 'string') return Input;
  if (typeof InputPath === 'string' && InputPath !== '$') return JSON.stringify(at(event, InputPath) ?? null);
  return text;
}

/** Members of a target that are honoured here; others would be ignored in silence, so they are refused. */
const KNOWN = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'RetryPolicy',
  'DeadLetterConfig',
  'SqsParameters',
]);

export function checkTarget(target: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(target).find((member) => target[member] !== undefined && !KNOWN.has(member));
  if (unknown) throw validation(`${unknown} of a target is not emulated here.`);
  const path = target['InputPath'];
  if (path !== undefined && (typeof path !== 'string' || !/^\$(\.[\w-]+)*$/.test(path)))
    throw validation(`Invalid InputPath for target ${String(target['Id'])}.`);
  if (target['Input'] !== undefined) {
    try {
      JSON.parse(String(target['Input']));
    } catch {
      throw validation(`Invalid Input for target ${String(target['Id'])}. It must be JSON.`);
    }
  }
}

function at(value: unknown, path: string): unknown {
  let here = value;
  for (const step of path.split('.').slice(1)) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}
