import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionName, type FunctionSpec } from '../../topology.ts';
import { bundle } from './bundle.ts';

const entries = [...new Set(Object.values(FUNCTIONS).map(({ entry }) => entry))];
const outdir = mkdtempSync(join(tmpdir(), 'pergola-bundles-'));
const file = (folder: string): string => join(folder, 'index.mjs');

/** Imports bundles in a Node process of their own, with nothing else on the path, and says what `handler` is in each. */
const imported = (files: readonly string[]): Record<string, string> => {
  const script = `
    const found = {};
    for (const file of process.argv.slice(1)) found[file] = typeof (await import(file)).handler;
    console.log('\\n' + JSON.stringify(found));
    process.exit(0);`;
  const args = ['--input-type=module', '--eval', script, ...files.map((name) => pathToFileURL(name).href)];
  const env = { PATH: process.env['PATH'], AWS_REGION: 'eu-west-1', POWERTOOLS_DEV: 'true' };
  const output = execFileSync(process.execPath, args, { cwd: outdir, env, encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Record<string, string>;
};

/** Operations of Step Functions that a function could be permitted. */
const STATES = new Set(
  'StartExecution StopExecution SendTaskSuccess SendTaskFailure SendTaskHeartbeat DescribeExecution ListExecutions GetExecutionHistory CreateStateMachine UpdateStateMachine DeleteStateMachine PublishStateMachineVersion DeleteStateMachineVersion DescribeStateMachine ListStateMachines ValidateStateMachineDefinition RedriveExecution TagResource'.split(
    ' ',
  ),
);

/** The SDK's operations in a bundle: what is not used was shaken out, and names are kept. */
const commandsIn = (path: string): string[] => [
  ...new Set([...readFileSync(path, 'utf8').matchAll(/"([A-Z][A-Za-z]*)Command"/g)].map(([, name]) => name!)),
];

describe('the bundles of the functions', () => {
  let folders: Record<string, string>;
  beforeAll(() => {
    folders = bundle(entries, outdir);
  });
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  it('load on Node alone, without node_modules, and each exports its handler', () => {
    const found = imported(Object.values(folders).map(file));
    expect(Object.values(found)).toEqual(entries.map(() => 'function'));
  });

  it.each(
    Object.entries<FunctionSpec>(FUNCTIONS) as [FunctionName, FunctionSpec][],
  )('%s calls only what the topology lets it call: Step Functions and the bus', (_name, spec) => {
    const calls = commandsIn(file(folders[spec.entry]!));
    expect(calls.filter((call) => STATES.has(call) && !spec.states?.includes(call as never))).toEqual([]);
    expect(calls.includes('PutEvents')).toBe(spec.bus === true);
  });

  it('stay small enough to start quickly: under 2.5 MB each, source map aside', () => {
    const sizes = Object.fromEntries(entries.map((entry) => [entry, statSync(file(folders[entry]!)).size]));
    expect(Object.entries(sizes).filter(([, size]) => size > 2_500_000)).toEqual([]);
  });
});
