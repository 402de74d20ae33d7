import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JourneyStack, startJourneyStack } from '../support/journey-stack.ts';

/* Customers as CSV, by the command line, from the whole local stack. */
const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'pergola-export-'));
let stack: JourneyStack;
let port = '';
const BATCH = 600;
beforeAll(async () => {
  stack = await startJourneyStack();
  port = new URL((await stack.get('/_local/health')).urls.endpoint).port;
  await stack.api('POST', '/api/packs/private-domain/install', {});
  const batch = Array.from({ length: BATCH }, (_, i) => ({
    type: 'identify',
    messageId: `e-${i}`,
    userId: `e_${String(i).padStart(4, '0')}`,
    timestamp: '2026-01-01T00:00:00Z',
    traits: { name: i === 0 ? '=HYPERLINK("http://evil.example")' : `n${i}`, skin: '油性' },
  }));
  for (let i = 0; i < BATCH; i += 400) {
    await fetch(`${stack.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('local:')}` },
      body: JSON.stringify({ batch: batch.slice(i, i + 400) }),
    });
  }
  await stack.track('buyer', 'Contact Added', { properties: { channel: '直播添加' } });
  await stack.track('buyer', 'Order Completed', { properties: { order_id: 'o1', total: 128 } });
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

async function exported(...args: string[]) {
  const path = join(folder, `${args.length}-${Math.abs(args.join().length)}.csv`);
  await promisify(execFile)(
    process.execPath,
    ['--no-warnings', join(ROOT, 'bin/pergola.mjs'), 'export', path, ...args, '--port', port],
    { cwd: ROOT },
  );
  const text = readFileSync(path, 'utf8');
  return { text, rows: parse(text, { bom: true, columns: true }) as Record<string, string>[] };
}

describe('pergola export', () => {
  it('writes everybody once, over pages, and no formula', async () => {
    const { text, rows } = await exported('--traits', 'skin');
    expect(text.startsWith('\ufeffid,name,')).toBe(true);
    expect(rows).toHaveLength(BATCH + 1);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(BATCH + 1);
    const first = rows.find(({ id }) => id === 'e_0000');
    expect([first?.['name'], first?.['skin']]).toEqual(['\'=HYPERLINK("http://evil.example")', '油性']);
  });

  it('writes those with a tag', async () => {
    const { rows } = await exported('--tag', '老客');
    expect(rows.map(({ id }) => id)).toEqual(['buyer']);
    expect(rows[0]?.['tags']).toContain('老客');
  });

  it('writes those of a segment, as its condition says of each', async () => {
    const { items } = await stack.get('/api/segments');
    for (const { id } of items) {
      const { rows } = await exported('--segment', id);
      expect(
        rows.every(({ id: customer }) => customer === 'buyer' || customer?.startsWith('e_')),
        id,
      ).toBe(true);
    }
    const old = items.find((segment: { name: { zh: string } }) => segment.name.zh.includes('老客'));
    expect((await exported('--segment', old.id)).rows.map(({ id }) => id)).toEqual(['buyer']);
  });

  it('of a segment that is not there says so', async () => {
    await expect(exported('--segment', 'none')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('没有找到这个人群'),
    });
  });
});
