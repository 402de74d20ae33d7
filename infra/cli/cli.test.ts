import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../local/dynamodb/process.ts';
import { sdk, startTestStack, type TestStack } from '../local/test-support/start.ts';
import { wishOf } from './clock.ts';
import { main } from './main.ts';
import { languageOf } from './start.ts';

const PERGOLA = fileURLToPath(new URL('../../bin/pergola.mjs', import.meta.url));

/** Runs a command in this process; gives its exit code and what it said. */
async function pergola(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((text) => void out.push(String(text)));
  const error = vi.spyOn(console, 'error').mockImplementation((text) => void err.push(String(text)));
  try {
    return { code: await main(args), out: out.join('\n'), err: err.join('\n') };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

describe('the pergola command line and a running stack', () => {
  let stack: TestStack;
  let at: string[];
  beforeAll(async () => {
    stack = await startTestStack();
    at = ['--console-port', new URL(stack.urls.console).port];
  });
  afterAll(() => stack.end());

  it('shows the time, moves it, holds it still and lets it run', async () => {
    const set = await pergola('clock', '2011-04-01T00:00:00Z', 'freeze', ...at);
    expect(set).toMatchObject({ code: 0, out: '2011-04-01T00:00:00.000Z (frozen)' });
    expect((await pergola('clock', '+15d', ...at)).out).toBe('2011-04-16T00:00:00.000Z (frozen)');
    expect((await pergola('clock', '+P1DT1H', ...at)).out).toBe('2011-04-17T01:00:00.000Z (frozen)');
    expect((await pergola('clock', ...at)).out).toBe('2011-04-17T01:00:00.000Z (frozen)');
    expect((await pergola('clock', 'run', ...at)).out).toMatch(/^2011-04-17T01:00:0\d\.\d{3}Z$/);
  });

  it('says whether the stack is ready', async () => {
    const { code, out } = await pergola('health', ...at);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ready: true, unmatched: 0, deadLetters: 0 });
  });

  it('counts what went astray and says where to look', async () => {
    const Entries = [{ EventBusName: 'pergolla', Source: 'shop', DetailType: 'track', Detail: '{}' }];
    await new EventBridgeClient(sdk(stack)).send(new PutEventsCommand({ Entries }));
    const { out, err } = await pergola('health', ...at);
    expect(JSON.parse(out)).toMatchObject({ unmatched: 1, deadLetters: 0 });
    expect(err).toMatch(/^1 event reached no rule .*_local\/unmatched/);
  });

  it('lists dead letters and puts them back', async () => {
    expect((await pergola('dead-letters', ...at)).out).toBe('There are no dead letters.');
    expect((await pergola('dead-letters', 'redrive', ...at)).out).toBe('0 put back');
  });

  it('says in one line what is wrong', async () => {
    expect(await pergola('clock', '+soon', ...at)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^"\+soon" is no length of time\. Say \+90s.*「\+soon」不是时长。/),
    });
    expect(await pergola('clock', '--console-port', String(await freePort()))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^No Pergola answers at .* Start it with "npm start"/),
    });
    expect(await pergola('clock', '--console-port', 'x')).toMatchObject({ code: 1 });
    expect(await pergola('clock', '--fast')).toMatchObject({ code: 1, err: expect.stringContaining("'--fast'") });
    expect(await pergola('dance')).toMatchObject({ code: 1, err: expect.stringContaining('no command named dance') });
    expect(await pergola()).toMatchObject({ code: 0, out: expect.stringContaining('dead-letters') });
    expect(await pergola('clock', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('clock +15d') });
  });

  it('reads lengths of time as people write them', () => {
    expect(['+90s', '+30m', '+12h', '+15d', '+2w', '+p1d'].map((word) => wishOf([word])['advance'])).toEqual([
      'PT90S',
      'PT30M',
      'PT12H',
      'P15D',
      'P2W',
      'P1D',
    ]);
  });
});

describe('npm start', () => {
  const data = mkdtempSync(join(tmpdir(), 'pergola-cli-'));
  let running: ChildProcess | undefined;
  afterAll(() => {
    running?.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });

  const begin = (args: string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [PERGOLA, 'start', ...args], { env: { ...process.env, ...env } });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said.err += chunk.toString();
    });
    return { child, said };
  };
  const failing = async (args: string[], env: Record<string, string> = {}) => {
    const { child, said } = begin(args, env);
    const [code] = (await once(child, 'exit')) as [number];
    return { code, err: said.err.trim() };
  };
  const oneLine = (text: RegExp) => ({ code: 1, err: expect.stringMatching(new RegExp(`^${text.source}[^\n]*$`)) });

  it('fails with one line when a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const folder = ['--data', join(data, 'taken')];
    expect(await failing(['--port', String(port), '--console-port', '0', ...folder])).toEqual(
      oneLine(/Port \d+ is taken\. Stop what uses it, or choose another with --port\./),
    );
    expect(await failing(['--port', '0', '--console-port', String(port), ...folder])).toEqual(
      oneLine(/Port \d+ is taken\. Stop what uses it, or choose another with --console-port\./),
    );
    server.close();
  });

  it('fails with one line when dynoxide is missing, or the data folder is none', async () => {
    const ports = ['--port', '0', '--console-port', '0'];
    expect(await failing([...ports, '--data', join(data, 'no-database')], { DYNOXIDE: '/nowhere/dynoxide' })).toEqual(
      oneLine(/dynoxide, the local DynamoDB, is missing\./),
    );
    writeFileSync(join(data, 'file'), '');
    expect(await failing([...ports, '--data', join(data, 'file')])).toEqual(
      oneLine(/The data folder .* it is a file\./),
    );
  });

  it('says where everything is, refuses a second one on the same data, and ends on Ctrl-C', async () => {
    const folder = ['--data', join(data, 'one'), '--port', '0', '--console-port', '0'];
    const { child, said } = begin(folder);
    running = child;
    await vi.waitFor(() => expect(said.out).toContain('Ctrl-C stops it'), { timeout: 25_000 });
    const [, url = ''] = /Console +(http:\S+)/.exec(said.out) ?? [];
    expect((await fetch(`${url}/_local/health`)).status).toBe(200);
    expect(await failing(folder)).toEqual(oneLine(/Another Pergola is already running on /));
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

it('begins in the language that is asked for, else in the terminal’s, else in Chinese', () => {
  expect(languageOf('en', { LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(languageOf(undefined, { LANG: 'en_GB.UTF-8' })).toBe('en');
  expect(languageOf(undefined, { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' })).toBe('zh');
  expect(languageOf(undefined, { LANG: 'C.UTF-8' })).toBe('zh');
  expect(() => languageOf('fr', {})).toThrow('--language is zh or en, not fr.');
});
