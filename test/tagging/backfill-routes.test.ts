import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type JourneyStack, startJourneyStack } from '../support/journey-stack.ts';

let stack: JourneyStack;
beforeAll(async () => {
  stack = await startJourneyStack();
  await stack.rules([tag('bought', 'Order')]);
  for (const customer of ['mei', 'li', 'wang', 'zhao']) {
    for (const event of ['Order', 'Visit']) await stack.track(customer, event);
  }
}, 120_000);
afterAll(() => stack.close());

const tag = (key: string, event: string) => ({
  key,
  name: { zh: key, en: key },
  category: 'value',
  when: { did: { event } },
});

/** What a refusal says: status and code, where (the fields, or the address), and whether it tells in both languages what is wrong and what to do. */
async function refusal(path: string, body?: unknown) {
  const answer = await stack.api(body === undefined ? 'GET' : 'POST', path, body);
  const { code, at, message, next } = answer.body.error;
  const fields = answer.body.diagnostics?.map(({ field }: { field: string }) => field) ?? [at];
  expect(at).toEqual(expect.any(String));
  for (const words of [message, next]) expect(words).toEqual({ zh: expect.any(String), en: expect.any(String) });
  return [answer.status, code, ...fields].join(' ');
}

async function until(id: string, status: string) {
  for (;;) {
    const job = await stack.get(`/api/backfills/${id}`);
    if (job.status === status) return job;
    await pause(50);
  }
}

it('a backfill that is not there can be neither seen nor paused, resumed, slowed or undone', async () => {
  expect(await refusal('/api/backfills/nobody')).toBe('404 not-found /api/backfills/nobody');
  for (const what of ['pause', 'resume', 'undo']) {
    expect(await refusal(`/api/backfills/nobody/${what}`, {})).toBe(`404 not-found /api/backfills/nobody/${what}`);
  }
  expect(await refusal('/api/backfills/nobody/rate', { rate: 5 })).toBe('404 not-found /api/backfills/nobody/rate');
});

it('what is asked of it wrongly is said with its place, and nothing is begun', async () => {
  const before = await stack.get('/api/backfills');
  expect(await refusal('/api/backfills', { rate: 0 })).toBe('422 invalid rate');
  expect(await refusal('/api/backfills', { announce: 'yes' })).toBe('422 invalid announce');
  expect(await refusal('/api/backfills', { version: 99 })).toBe('409 backfill-not-in-force version');
  expect(await refusal('/api/backfills/dry-run', { of: 'current', sample: -1 })).toBe('422 invalid sample');
  expect(await refusal('/api/backfills/dry-run', { of: 'yesterday' })).toBe('422 invalid of');
  expect((await stack.api('POST', '/api/backfills/dry-run', {})).status).toBe(404);
  expect(await stack.get('/api/backfills')).toEqual(before);
});

it('walks through its states, and refuses what does not fit the one it is in', { timeout: 120_000 }, async () => {
  await stack.rules([tag('bought', 'Order'), tag('known', 'Visit')]);
  const started = await stack.api('POST', '/api/backfills', { rate: 1 });
  expect(started.status).toBe(201);
  const { id } = started.body;
  const to = (what: string, body: unknown = {}) => stack.api('POST', `/api/backfills/${id}/${what}`, body);
  const refused = (what: string, body: unknown = {}) => refusal(`/api/backfills/${id}/${what}`, body);

  expect(await refusal('/api/backfills', {})).toBe(`409 backfill-active /api/backfills/${id}`);
  expect((await to('pause')).body).toMatchObject({ status: 'paused', doing: 'apply' });
  expect(await refused('pause')).toBe('409 backfill-status status');
  expect(await refused('rate', { rate: 5000 })).toBe('422 invalid rate');
  expect((await to('rate', { rate: 1000 })).body).toMatchObject({ status: 'paused', rate: 1000 });
  expect((await to('resume')).body).toMatchObject({ status: 'running' });
  const done = await until(id, 'done');
  expect(done.tally).toMatchObject({ seen: 4, worked: 4, changed: 4, failed: 0 });
  expect(done.tally.tags).toMatchObject([{ key: 'known', gained: 4, lost: 0 }]);

  for (const what of ['pause', 'resume']) expect(await refused(what)).toBe('409 backfill-status status');
  expect(await refused('rate', { rate: 5 })).toBe('409 backfill-status status');
  expect((await to('undo')).body).toMatchObject({ status: 'running', doing: 'undo', applied: { changed: 4 } });
  await until(id, 'undone');
  for (const what of ['undo', 'pause', 'resume']) expect(await refused(what)).toBe('409 backfill-status status');
  expect((await stack.get('/api/customers/mei')).tags.map(({ key }: { key: string }) => key)).toEqual(['bought']);
});

it('a dry run cannot be undone', { timeout: 60_000 }, async () => {
  const { body } = await stack.api('POST', '/api/backfills/dry-run', { of: 'current', rate: 1000 });
  await until(body.id, 'done');
  expect(await refusal(`/api/backfills/${body.id}/undo`, {})).toBe('409 backfill-status status');
});
