import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type JourneyStack, startJourneyStack } from '../support/journey-stack.ts';

/* 客单价 by percentile, by the command line, on the whole local stack. */
const ROOT = join(import.meta.dirname, '..', '..');
let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
});
afterAll(() => stack.close());

async function thresholds(): Promise<string> {
  const port = new URL((await stack.get('/_local/health')).urls.endpoint).port;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', join(ROOT, 'bin/pergola.mjs'), 'thresholds', '--port', port],
    { cwd: ROOT },
  );
  return stdout.trim();
}

it('a shop that wants the upper half of its baskets gets the amount from its own customers', async () => {
  await stack.api('POST', '/api/packs/private-domain/install', {});
  expect(await thresholds()).toBe('No rule compares customers.');
  for (const [customer, total] of [
    ['a', 80],
    ['b', 120],
    ['c', 450],
    ['d', 900],
  ] as const) {
    await stack.track(customer, 'Order Completed', { properties: { order_id: customer, total } });
  }
  const { items } = await stack.get('/api/tags');
  const high = items.find(({ key }: { key: string }) => key === '高客单');
  const when = { percentile: { measure: 'avg', event: 'Order Completed', of: 'properties.total', from: 50 } };
  expect((await stack.api('PUT', `/api/tags/${encodeURIComponent('高客单')}`, { ...high, when })).status).toBe(200);
  // The amounts are those that the fixed band has kept: nothing has to be gone through again.
  const said = (await thresholds()).split('\n');
  expect(said[0]).toMatch(
    /^高客单: the average of total over “Order Completed” is above that of 50% of customers \(at least 450, by 4 customers on \d{4}-\d\d-\d\d\)$/,
  );
  expect(said[1]).toMatch(/^4 customers, in force as version \d+$/);
  expect((await thresholds()).split('\n')[1]).toBe('4 customers, no threshold has moved');
  await stack.track('c', 'Order Completed', { properties: { order_id: 'c2', total: 460 } });
  const { tags } = await stack.get('/api/customers/c');
  expect(tags.map(({ key }: { key: string }) => key)).toContain('高客单');
});
