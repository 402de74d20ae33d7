import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ruleset } from '../../shared/tags/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { handler as ingest } from '../events/ingest.ts';
import { changesSince, dueBy, loadState } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { handler } from './sweep.ts';

const RULES: Ruleset = {
  version: 0,
  zone: 'Asia/Shanghai',
  groups: [],
  tags: ['P7D', 'P15D'].map((span) => ({
    key: `silent-${span}`,
    name: { zh: '沉默', en: 'Silent' },
    category: 'behaviour',
    when: { silent: { for: span } },
  })),
};

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  await tables.empty();
  await putRuleset(RULES, 0);
});

const sweep = () => handler(undefined as never, lambdaContext);
const visit = (customer: string, at: string) => {
  setClock(at);
  return ingest(busBatch([tracked(customer, 'Visit', at)]), lambdaContext);
};

describe('timers/sweep', () => {
  it('gives the tags that time alone brings, dated at their own moment, and says when to come back', async () => {
    await visit('li', '2026-03-01T08:00:00.000Z');
    setClock('2026-03-05T00:00:00.000Z');
    expect(await sweep()).toEqual({ advanced: 0, more: false });
    setClock('2026-03-08T08:00:30.000Z');
    expect(await sweep()).toEqual({ advanced: 1, more: false });
    expect((await loadState('li')).state.tags['silent-P7D']?.since).toBe('2026-03-08T08:00:00.000Z');
    const [change] = await changesSince('li', '2026-03-02T00:00:00.000Z');
    expect(change).toMatchObject({ op: 'added', key: 'silent-P7D', cause: { by: 'time' } });
  });

  it('leaves who comes every hour where she lies in the index, and moves her when it is found too early', async () => {
    const days = (n: number) => new Date(Date.parse('2026-03-01T08:00:00.000Z') + n * 86_400_000).toISOString();
    for (let hour = 0; hour <= 48; hour++) await visit('li', days(hour / 24));
    expect(await dueBy(days(30), 10)).toEqual([{ customer: 'li', dueAt: days(7) }]);
    expect((await loadState('li')).state.dueAt).toBe(days(9));
    setClock(days(7));
    expect(await sweep()).toEqual({ advanced: 1, more: false });
    expect(await dueBy(days(30), 10)).toEqual([{ customer: 'li', dueAt: days(9) }]);
    expect(await sweep()).toEqual({ advanced: 0, more: false });
    setClock(days(9));
    await sweep();
    expect((await loadState('li')).state.tags['silent-P7D']?.since).toBe(days(9));
  });

  it('moves who had been away for more than a day at once', async () => {
    await visit('li', '2026-03-01T08:00:00.000Z');
    await visit('li', '2026-03-03T08:00:00.000Z');
    expect(await dueBy('2026-04-01T00:00:00.000Z', 10)).toEqual([
      { customer: 'li', dueAt: '2026-03-10T08:00:00.000Z' },
    ]);
  });

  it('is late without being wrong: two weeks in one call, each tag at its own moment', async () => {
    await visit('li', '2026-03-01T08:00:00.000Z');
    setClock('2026-03-20T00:00:00.000Z');
    expect(await sweep()).toEqual({ advanced: 1, more: false });
    const { tags } = (await loadState('li')).state;
    expect([tags['silent-P7D']?.since, tags['silent-P15D']?.since]).toEqual([
      '2026-03-08T08:00:00.000Z',
      '2026-03-16T08:00:00.000Z',
    ]);
    expect(await sweep()).toEqual({ advanced: 0, more: false });
  });

  it('works in bounded portions and says that there is more', async () => {
    setClock('2026-03-01T08:00:00.000Z');
    await ingest(
      busBatch(Array.from({ length: 250 }, (_, i) => tracked(`c${i}`, 'Visit', '2026-03-01T08:00:00.000Z'))),
      lambdaContext,
    );
    setClock('2026-03-09T00:00:00.000Z');
    const first = await sweep();
    expect(first.more).toBe(true);
    let swept = first.advanced;
    for (let answer = first; answer.more; ) {
      answer = await sweep();
      swept += answer.advanced;
    }
    expect(swept).toBe(250);
  });
});
