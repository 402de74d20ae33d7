import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKS } from '../shared/packs/index.ts';
import { edges, type JourneyStack, journey, node, startJourneyStack } from './support/journey-stack.ts';

/* A team keeps its rules and journeys in a repository, and has them looked over before and after they are installed. */
const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'pergola-lint-'));
let stack: JourneyStack;
let port = '';
beforeAll(async () => {
  stack = await startJourneyStack();
  port = new URL((await stack.get('/_local/health')).urls.endpoint).port;
  await stack.api('POST', '/api/packs/private-domain/install', {});
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const pergolaLint = (...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    const command = ['--no-warnings', join(ROOT, 'bin/pergola.mjs'), 'lint', ...args];
    execFile(
      process.execPath,
      command,
      { cwd: ROOT, env: { ...process.env, LANG: 'C', LC_ALL: '' } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });

const file = (name: string, data: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof data === 'string' ? data : JSON.stringify(data));
  return path;
};

/** Welcomes whoever adds the contact with a coupon for the new, old customers too. */
const careless = (id: string) =>
  journey(id, {
    nodes: [
      node('in', 'enter-event', { event: 'Contact Added' }),
      node('say', 'message', { channel: 'inbox', body: '新人券 10 元', byResult: false }),
      node('out', 'exit'),
    ],
    edges: edges('in -> say', 'say -> out'),
  });
const rules = PACKS[0]!.rules;
const REFUSED = { status: 422, body: { diagnostics: [{ code: 'contradiction', severity: 'error' }] } };

describe('pergola lint', () => {
  it('passes the shipped packs, on the stack and as files, and fails them for warnings where asked to', async () => {
    const onStack = await pergolaLint('--port', port);
    expect(onStack).toMatchObject({ code: 0, stderr: '' });
    expect(onStack.stdout).toMatch(/errors: 0, warnings: \d+/);
    const paths = [file('rules.json', rules), ...PACKS[0]!.journeys.zh.map((one) => file(`${one.id}.json`, one))];
    expect(await pergolaLint(...paths)).toMatchObject({ code: 0, stdout: expect.stringContaining('errors: 0') });
    expect((await pergolaLint(...paths, '--strict')).code).toBe(1);
  });

  it('fails a journey that offers to old customers what is for the new, with its file and card', async () => {
    const path = file('careless.json', careless('careless'));
    const { code, stdout } = await pergolaLint(file('rules.json', rules), path, '--json');
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout);
    expect(findings[0]).toMatchObject({ lint: 'L6', severity: 'error', file: path, journey: 'careless', node: 'say' });
    expect((await pergolaLint(path)).code).toBe(0);
  });

  it('says of a file what is wrong with the file', async () => {
    expect(await pergolaLint(file('x.json', '{'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no JSON'),
    });
    expect(await pergolaLint(file('y.json', {}))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('neither'),
    });
    expect(await pergolaLint(join(folder, 'none.json'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('none.json'),
    });
    const { code, stdout } = await pergolaLint(file('z.json', { ...rules, zone: 'Nowhere' }));
    expect([code, stdout]).toEqual([1, expect.stringContaining('ruleset-zone')]);
  });
});

describe('the API', () => {
  it('refuses to publish what has an error, and tells warnings beside what it published', async () => {
    const document = careless('careless');
    await stack.api('POST', '/api/journeys', { document });
    const { diagnostics } = (await stack.api('POST', '/api/journeys/careless/check', {})).body;
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'contradiction', node: 'say' }));
    expect(await stack.api('POST', '/api/journeys/careless/publish', { revision: 1 })).toMatchObject(REFUSED);
    const careful = {
      ...document,
      entry: { ...document.entry, reentry: { type: 'always' }, audience: { tag: '新客' } },
    };
    await stack.api('PUT', '/api/journeys/careless/draft', { document: careful, revision: 1 });
    const { body: published } = await stack.api('POST', '/api/journeys/careless/publish', { revision: 2 });
    expect(published.version).toBe(1);
    expect(published.warnings).toContainEqual(expect.objectContaining({ code: 're-entry', severity: 'warning' }));
    const { items } = await stack.get('/api/lint');
    expect(items).toContainEqual(expect.objectContaining({ code: 're-entry', journey: 'careless' }));
  });

  it('refuses rules that bring an error, and stores those that bring none', async () => {
    const ruleset = await stack.get('/api/ruleset');
    const twoAtOnce = {
      key: 'two',
      name: { zh: '两', en: 'two' },
      category: 'value',
      when: { all: [{ tag: '新客' }, { tag: 'VIP' }] },
    };
    const put = (tag: object) =>
      stack.api('PUT', '/api/ruleset', {
        ruleset: { ...ruleset, tags: [...ruleset.tags, tag] },
        baseVersion: ruleset.version,
      });
    expect(await put(twoAtOnce)).toMatchObject(REFUSED);
    expect((await stack.get('/api/ruleset')).version).toBe(ruleset.version);
    const { body: stored } = await put({ ...twoAtOnce, when: { any: twoAtOnce.when.all } });
    expect(stored.version).toBe(ruleset.version + 1);
    expect(stored.warnings).toContainEqual(expect.objectContaining({ code: 'unused-tag', tag: 'two' }));
  });
});
