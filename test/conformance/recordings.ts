/** What real AWS did: reads the recordings of a folder. Nothing here knows of any single case. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface LambdaBehaviour {
  kind: 'identity' | 'raise' | 'constant' | 'large' | 'decorate' | 'sleepIdentity' | string;
  [detail: string]: unknown;
}

export interface ExecutionCase {
  id: string;
  tier: 'pure' | 'lambda' | 'local' | 'callback' | 'services';
  trusted: boolean;
  unresolved?: unknown[];
  recordedDate?: string | null;
  machineType: string;
  machineName: string;
  definition: Json;
  definitionText?: string;
  input: Json;
  inputText?: string;
  inputOmitted?: boolean;
  now?: string;
  integrations?: string[];
  requires: { features?: string[]; services?: string[] } | string[];
  lambdas?: { name: string; arn: string; behaviour: LambdaBehaviour }[];
  setup?: Record<string, unknown>[];
  actions?: { does: string; params: Record<string, unknown> }[];
  helpers?: { name: string; args?: unknown[]; kwargs?: Record<string, unknown>; note?: string }[];
  resources?: Record<string, unknown>[];
  transforms?: unknown[];
  unordered?: boolean;
  expected: {
    status?: string;
    output?: Json;
    outputIsText?: boolean;
    error?: string;
    cause?: Json;
    causeIsJson?: boolean;
    history?: Record<string, unknown>[];
    partial?: boolean;
    response?: unknown;
  };
}

export interface Compare {
  compareHistory(expected: unknown[], actual: unknown[], options: Record<string, unknown>): string[] | null;
  like(expected: unknown, actual: unknown, options: Record<string, unknown>): string | null;
  fromTransforms(transforms: unknown[]): Record<string, unknown>;
  decodeEmbedded(value: unknown): unknown;
  IGNORE: Set<string>;
}

/** Where the recordings lie beside the repository. */
export const RECORDINGS = '../shared/conformance';
const EXECUTIONS = 'step-functions-cases.json';
const COMPARE = 'compare.mjs';

/** Whether the folder holds recordings, and the comparison that understands them can be found. */
export function hasRecordings(dir: string): boolean {
  return existsSync(join(dir, EXECUTIONS)) && compareFile(dir) !== undefined;
}

export function readExecutionCases(dir: string): ExecutionCase[] {
  const { cases } = JSON.parse(readFileSync(join(dir, EXECUTIONS), 'utf8')) as { cases: ExecutionCase[] };
  return cases;
}

function compareFile(dir: string): string | undefined {
  return [dir, RECORDINGS].map((folder) => resolve(folder, COMPARE)).find((file) => existsSync(file));
}

/** The comparison that came with the recordings: it knows what the recorder replaced. */
export async function readCompare(dir: string): Promise<Compare> {
  const file = compareFile(dir);
  if (!file) throw new Error(`${COMPARE} lies neither in ${dir} nor in ${RECORDINGS}`);
  return (await import(pathToFileURL(file).href)) as Compare;
}

export function featuresOf(one: { requires: ExecutionCase['requires'] }): string[] {
  return Array.isArray(one.requires) ? one.requires : (one.requires.features ?? []);
}
