import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TagDefinition } from '../../../shared/tags/index.ts';
import { busBatch, tracked } from '../../../test/support/bus-batch.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../../test/support/local-tables.ts';
import { handler as ingest } from '../../events/ingest.ts';
import { handler as sweep } from '../../timers/sweep.ts';
import { putRuleset } from '../ruleset/index.ts';
import { expectedDue } from './expected.ts';
import { loadState } from './index.ts';

/*
 * Two processes work on the same customers, each with its own memory of what it wrote last: the second is the same code
 * loaded anew.
 */
let tables: LocalTables;
let other: { ingest: typeof ingest; sweep: typeof sweep };

const twice: TagDefinition = {
  key: 'twice',
  name: { zh: '两次', en: 'Twice' },
  category: 'behaviour',
  when: { did: { event: 'Visit', count: { op: 'gte', value: 2 } } },
};
const silent: TagDefinition = {
  key: 'silent',
  name: { zh: '沉默', en: 'Silent' },
  category: 'behaviour',
  when: { silent: { for: 'P7D' } },
};

beforeAll(async () => {
  tables = await startTables();
  await putRuleset({ version: 0, zone: 'UTC', groups: [], tags: [twice, silent] }, 0);
  vi.resetModules();
  other = {
    ingest: (await import('../../events/ingest.ts')).handler,
    sweep: (await import('../../timers/sweep.ts')).handler,
  };
});
afterAll(() => tables.stop());
beforeEach(() => setClock('2026-03-01T12:00:00.000Z'));

const visit = (process: typeof ingest, customer: string, at: string) =>
  process(busBatch([tracked(customer, 'Visit', at)]), lambdaContext);

describe('a state that a process expects', () => {
  it('is not believed when another process has written in between: no visit is lost', async () => {
    await visit(ingest, 'mei', '2026-03-01T08:00:00.000Z');
    await visit(other.ingest, 'mei', '2026-03-01T09:00:00.000Z');
    await visit(ingest, 'mei', '2026-03-01T10:00:00.000Z');
    const { state, version } = await loadState('mei');
    expect(version).toBe(3);
    expect(state.tags['twice']?.since).toBe('2026-03-01T09:00:00.000Z');
    expect(state.lastSeenAt).toBe('2026-03-01T10:00:00.000Z');
  });

  it('does not make somebody fall silent who was seen by another process', async () => {
    await visit(ingest, 'an', '2026-03-01T08:00:00.000Z');
    setClock('2026-03-05T08:00:00.000Z');
    await visit(other.ingest, 'an', '2026-03-05T08:00:00.000Z');
    setClock('2026-03-09T00:00:00.000Z');
    expect(expectedDue('2026-03-09T00:00:00.000Z', 100)).toContain('an');
    await sweep(undefined as never, lambdaContext);
    expect((await loadState('an')).state.tags['silent']).toBeUndefined();
    setClock('2026-03-12T08:00:00.000Z');
    await other.sweep(undefined as never, lambdaContext);
    expect((await loadState('an')).state.tags['silent']?.since).toBe('2026-03-12T08:00:00.000Z');
  });

  it('gives a tag once when both processes know that it is due', async () => {
    await visit(ingest, 'bo', '2026-03-01T08:00:00.000Z');
    setClock('2026-03-08T08:00:00.000Z');
    await Promise.all([sweep(undefined as never, lambdaContext), other.sweep(undefined as never, lambdaContext)]);
    const { state, version } = await loadState('bo');
    expect(state.tags['silent']?.since).toBe('2026-03-08T08:00:00.000Z');
    expect(version).toBe(2);
  });
});
