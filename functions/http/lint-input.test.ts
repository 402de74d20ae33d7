import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { deleteDraft, saveDraft } from '../ports/journeys/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { lintInput } from './lint-input.ts';
import { mentionsOfJourneys } from './uses.ts';

/* What lints are given at every edit of a rule, against a real database. */
const NOW = '2026-03-01T12:00:00.000Z';
const JOURNEYS = 120;
let tables: LocalTables;
let sdk: SdkCalls;
beforeAll(async () => {
  tables = await startTables();
  sdk = watchSdkCalls(documents() as never);
  for (let n = 0; n < JOURNEYS; n++) await save(`j${n}`, 'keen', 0);
});
afterAll(() => tables.stop());
beforeEach(async () => {
  // The rules in force are held for a moment whoever asks.
  await currentRules();
  sdk.reset();
});

const save = (id: string, key: string, base: number, now = NOW) => {
  const document = journey(id, {
    nodes: [node('in', 'enter-tag', { op: 'added', key }), node('end', 'exit')],
    edges: edges('in -> end'),
  });
  return saveDraft({ id, name: id, document, base, now });
};
const entered = async (id: string) =>
  (await lintInput()).journeys.find((one) => one.id === id)?.nodes[0]?.config as { key: string } | undefined;
/** Without the rules in force, which may or may not be held at that moment. */
const calls = () => Object.fromEntries(Object.entries(sdk.counts()).filter(([name]) => name !== 'GetItem'));

describe('the journeys that lints look at', () => {
  it('are read a hundred a call, and while nobody changes them not again', async () => {
    expect((await lintInput()).journeys).toHaveLength(JOURNEYS);
    expect(calls()).toEqual({ Query: 1, BatchGetItem: 2 });
    sdk.reset();
    expect((await lintInput()).journeys).toHaveLength(JOURNEYS);
    expect(calls()).toEqual({ Query: 1 });
    sdk.reset();
    // Nor for whoever asks who uses a tag.
    expect(await mentionsOfJourneys()).toHaveLength(JOURNEYS);
    expect(calls()).toEqual({ Query: 1 });
  });

  it('are as they were saved last, also when one was deleted and begun again', async () => {
    expect(await entered('j7')).toMatchObject({ key: 'keen' });
    await save('j7', 'bought', 1);
    sdk.reset();
    expect(await entered('j7')).toMatchObject({ key: 'bought' });
    expect(calls()).toEqual({ Query: 1, BatchGetItem: 1 });
    await deleteDraft('j7');
    expect(await entered('j7')).toBeUndefined();
    await save('j7', 'viewed', 0, '2026-03-01T12:00:01.000Z');
    expect(await entered('j7')).toMatchObject({ key: 'viewed' });
  });
});
