/** Runs one recorded script of API calls on the local service and says where the answers differ. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStepFunctions } from '../../infra/local/step-functions/index.ts';
import { AwsError } from '../../infra/local/time-source.ts';
import { type Outcome, type References, resolve } from './api-references.ts';
import { recordedLambdas } from './lambda-host.ts';
import type { Compare } from './recordings.ts';
import { TestClock } from './test-clock.ts';

export interface ApiScript {
  id: string;
  kind: 'api' | 'validate' | 'testState';
  provenance: string;
  selfContained: boolean;
  steps: { service?: string; op?: string; await?: string; params: Record<string, unknown>; n: number }[];
  refs: References;
  matches: { key: string; after: number; value: unknown; expected: unknown }[];
  transforms?: unknown[];
}

const SOME_DAY = Date.parse('2026-01-01T00:00:00Z');
/** In the texts of an emulator that was recorded by mistake: what it says is not what AWS says. */
const NOT_AWS = 'Error=ValueError Args=';
const FILE = 'step-functions-api-scripts.json';

/** The scripts that need nothing but Step Functions. */
export function readApiScripts(dir: string): ApiScript[] {
  if (!existsSync(join(dir, FILE))) return [];
  const { scripts } = JSON.parse(readFileSync(join(dir, FILE), 'utf8')) as { scripts: ApiScript[] };
  return scripts.filter(
    (script) =>
      script.provenance === 'validated' &&
      script.selfContained &&
      script.steps.every((step) => step.await !== undefined || step.service === 'stepfunctions') &&
      !JSON.stringify(script.matches).includes(NOT_AWS),
  );
}

/** What the recorder's client (botocore) refused by itself, before anything was sent. */
function checkAsClient(value: unknown, at = ''): void {
  const refuse = (detail: string): never => {
    throw new AwsError('ParamValidationError', `Parameter validation failed:\n${detail}`);
  };
  if (value === null) {
    refuse(`Invalid type for parameter ${at}, value: None, type: <class 'NoneType'>, valid types: <class 'str'>`);
  }
  if (value === '' && (at === 'nextToken' || at === 'name')) {
    refuse(`Invalid length for parameter ${at}, value: 0, valid min length: 1`);
  }
  if (at === 'maxResults' && (value as number) < 0) {
    refuse(`Invalid value for parameter ${at}, value: ${value}, valid min value: 0`);
  }
  if (Array.isArray(value)) for (const [i, item] of value.entries()) checkAsClient(item, `${at}[${i}]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) checkAsClient(item, at ? `${at}.${key}` : key);
  }
}

/** A match whose value the recorder could not follow to any answer compares nothing. */
function refersToAStep(value: unknown): boolean {
  return JSON.stringify(value).includes('{{');
}

/** Never throws: what goes wrong is a difference. */
export async function runApiScript(
  script: ApiScript,
  compare: Compare,
): Promise<{ id: string; tier: string; differences: string[] }> {
  const clock = new TestClock(SOME_DAY);
  const service = createStepFunctions({
    file: ':memory:',
    clock,
    lambda: recordedLambdas([], clock),
    account: '111111111111',
    region: 'us-east-1',
  });
  clock.sources.push(service);
  const outcomes = new Map<number, Outcome>();
  const differences: string[] = [];
  const options = { ...compare.fromTransforms(script.transforms ?? []), ignoreKeys: compare.IGNORE };
  try {
    for (const step of script.steps) {
      if (step.op) {
        const params = resolve(step.params, script.refs, outcomes) as Record<string, unknown>;
        try {
          checkAsClient(params);
          outcomes.set(step.n, { answer: await service.handle(step.op, params) });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          outcomes.set(step.n, { error, operation: step.op });
        }
        clock.advance(1);
      } else while (await clock.jump(clock.now() + 3_600_000));
      for (const match of script.matches.filter((one) => one.after === step.n && refersToAStep(one.value))) {
        const got = compare.decodeEmbedded(resolve(match.value, script.refs, outcomes));
        const difference = compare.like(match.expected, got, options);
        if (difference) differences.push(`${match.key} ${difference}`);
      }
    }
  } catch (error) {
    differences.push(String((error as Error).stack));
  } finally {
    service.close();
  }
  return { id: script.id, tier: `script ${script.kind}`, differences };
}
