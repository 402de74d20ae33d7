import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import { type ConsoleState, noConsole } from './build.ts';
import { consoleApp } from './console.ts';

describe('the console port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-console-'));
  mkdirSync(join(folder, 'dist', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'index.html'), '<title>Pergola</title>');
  writeFileSync(join(folder, 'dist', 'assets', 'app-1.js'), 'let a;');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const get = (path: string, state: ConsoleState = 'built', dist = 'dist') =>
    consoleApp({
      local: new Hono(),
      functions: async () => undefined,
      build: { ...noConsole, state: () => state, problem: () => (state === 'failed' ? 'a <bad> import' : undefined) },
      folder: join(folder, dist),
    }).request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1:4000' } });

  it('serves the files of the built Console, and its page for every place in it', async () => {
    const script = await get('/assets/app-1.js');
    expect(await script.text()).toBe('let a;');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const path of ['/', '/journeys/new-customer', '/customers']) {
      const page = await get(path);
      expect(await page.text()).toBe('<title>Pergola</title>');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('serves nothing else', async () => {
    for (const path of ['/assets/none.js', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%', '/api/none', '/v1/none'])
      expect((await get(path)).status, path).toBe(404);
  });

  it('says how it stands while there is no Console', async () => {
    const building = await get('/journeys', 'building');
    expect(building.status).toBe(503);
    expect(await building.text()).toContain('http-equiv="refresh"');
    const failed = await get('/journeys', 'failed', 'nowhere');
    expect(await failed.text()).toContain('a &#60;bad&#62; import');
  });
});
