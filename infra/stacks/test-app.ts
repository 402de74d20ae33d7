import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Environment, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { pergolaStacks, readConfig } from './index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, never>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
}

export interface TestApp {
  readonly app: App;
  readonly stacks: readonly Stack[];
  readonly template: (stack: string) => Template;
  /** Every resource of a type, in all stacks, as it goes to CloudFormation. */
  readonly all: (type: string) => Resource[];
}

/** An empty app with cdk.json's own context and without bundling; its folder goes when the tests end. */
export function emptyApp(context: Record<string, unknown> = {}): App {
  const cdk = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const outdir = mkdtempSync(join(tmpdir(), 'pergola-synth-'));
  folders.push(outdir);
  return new App({ outdir, context: { ...cdk.context, 'aws:cdk:bundling-stacks': [], ...context } });
}

/**
 * The app as `npm run synth` makes it, with cdk.json's own context, but without bundling the functions: that is 20 times
 * slower and has its test in bundles.test.ts. Nothing is synthesised until something is asked.
 */
export function testApp(
  context: Record<string, unknown> = {},
  env: Environment = { account: ACCOUNT, region: REGION },
): TestApp {
  const app = emptyApp(context);
  const stacks = pergolaStacks(app, readConfig(app.node), { env });
  const templates = new Map<string, Template>();
  const template = (name: string): Template => {
    const stack = stacks.find(({ node }) => node.id === name);
    if (stack === undefined) throw new Error(`There is no stack ${name}`);
    if (!templates.has(name)) templates.set(name, Template.fromStack(stack));
    return templates.get(name)!;
  };
  const all = (type: string): Resource[] =>
    stacks.flatMap(({ node }) => Object.values(template(node.id).findResources(type)) as Resource[]);
  return { app, stacks, template, all };
}
