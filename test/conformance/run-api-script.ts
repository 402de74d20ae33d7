/** Runs one recorded script of API calls on the local service and says where the answers differ. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStepFunctions } from '../../infra/local/step-functions/index.ts';
import { AwsError } from '../../infra/local/time-source.ts';
import { type Outcome, type References, resolve } from './api-references.ts';
import { recordedLambdas } from './lambda-host.ts';
import { LogGroups } from './log-groups.ts';
import type { Compare, ExecutionCase } from './recordings.ts';
import { asOf } from './since.ts';
import { TestClock } from './test-clock.ts';

export interface ApiScript {
  id: string;
  kind: 'api' | 'validate' | 'testState';
  provenance: string;
  recordedDate?: string | null;
  requires: ExecutionCase['requires'];
  selfContained: boolean;
  steps: { service?: string; op?: string; await?: string; params: Record<string, unknown>; n: number }[];
  refs: References;
  resources?: { kind: string; name: string }[];
  matches: { key: string; after: number; value: unknown; expected: unknown }[];
  transforms?: unknown[];
}

const SOME_DAY = Date.parse('2026-01-01T00:00:00Z');
/** In the texts of an emulator that was recorded by mistake: what it says is not what AWS says. */
const NOT_AWS = 'Error=ValueError Args=';
const FILE = 'step-functions-api-scripts.json';

/** Empty where the folder has none. */
export function readApiScripts(dir: string): ApiScript[] {
  if (!existsSync(join(dir, FILE))) return [];
  return (JSON.parse(readFileSync(join(dir, FILE), 'utf8')) as { scripts: ApiScript[] }).scripts;
}

/** Why a script cannot be held against the local service; undefined when it can. */
export function whyNotApplicable(script: ApiScript): string | undefined {
  if (script.provenance !== 'validated') return 'scripts that their recorders doubt';
  if (!script.selfContained) return 'scripts that need other AWS services';
  if (script.steps.some((step) => step.await === undefined && !['stepfunctions', 'logs'].includes(step.service ?? '')))
    return 'scripts that call other AWS services';
  if (JSON.stringify(script.matches).includes(NOT_AWS)) return "scripts whose texts are another emulator's own";
  return undefined;
}

/** What the recorder's client (botocore) refused by itself, before anything was sent: all of it, in one error. */
function checkAsClient(params: Record<string, unknown>): void {
  const found: string[] = [];
  const check = (value: unknown, at: string): void => {
    if (value === null)
      found.push(`Invalid type for parameter ${at}, value: None, type: <class 'NoneType'>, valid types: <class 'str'>`);
    if (value === '' && (at === 'nextToken' || at === 'name'))
      found.push(`Invalid length for parameter ${at}, value: 0, valid min length: 1`);
    if (at === 'maxResults' && (value as number) < 0)
      found.push(`Invalid value for parameter ${at}, value: ${value}, valid min value: 0`);
    if (Array.isArray(value)) for (const [i, item] of value.entries()) check(item, `${at}[${i}]`);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) check(item, `${at}.${key}`);
  };
  for (const [key, item] of Object.entries(params)) check(item, key);
  if (found.length > 0) throw new AwsError('ParamValidationError', `Parameter validation failed:\n${found.join('\n')}`);
}

/** A match whose value the recorder could not follow to any answer compares nothing. */
function refersToAStep(value: unknown): boolean {
  return JSON.stringify(value).includes('{{');
}

/** What differs; nothing when it agrees. Never throws: what goes wrong is a difference. */
export async function runApiScript(script: ApiScript, compare: Compare): Promise<string[]> {
  const clock = new TestClock(SOME_DAY);
  const groups = (script.resources ?? []).filter(({ kind }) => kind === 'logs');
  const logs = new LogGroups(
    'us-east-1:111111111111',
    groups.map(({ name }) => name),
  );
  const service = createStepFunctions({
    file: ':memory:',
    clock,
    lambda: recordedLambdas([], clock),
    account: '111111111111',
    region: 'us-east-1',
    logs,
  });
  clock.sources.push(service);
  const outcomes = new Map<number, Outcome>();
  const differences: string[] = [];
  // The recorder gave log groups a name of its own, without a word of it among the script's transforms.
  const renamed = groups.map(({ name }) => ({ transform: 'RegexTransformer', args: [name, 'log_group_name'] }));
  const transforms = [...(script.transforms ?? []), ...renamed];
  const options = { ...compare.fromTransforms(transforms), ignoreKeys: compare.IGNORE };
  try {
    for (const step of script.steps) {
      if (step.op) {
        const params = resolve(step.params, script.refs, outcomes) as Record<string, unknown>;
        try {
          checkAsClient(params);
          const answer = step.service === 'logs' ? logs.call(step.op, params) : await service.handle(step.op, params);
          outcomes.set(step.n, { answer });
          // What was recorded of logs was read after all had been written.
          await clock.settle();
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          outcomes.set(step.n, { error, operation: step.op });
        }
        clock.advance(1);
      } else while (await clock.jump(clock.now() + 3_600_000));
      for (const match of script.matches.filter((one) => one.after === step.n && refersToAStep(one.value))) {
        const answer = asOf(resolve(match.value, script.refs, outcomes), script.recordedDate);
        const got = compare.decodeEmbedded(answer);
        const difference = compare.like(match.expected, got, options);
        if (difference) differences.push(`${match.key} ${difference}`);
      }
    }
  } catch (error) {
    differences.push(String((error as Error).stack));
  } finally {
    service.close();
  }
  return differences;
}
