import { describe, expect, test } from 'vitest';
import { drawn } from '../compiler/testing/build.ts';
import { parseDraft, parseJourney } from './index.ts';

const good = drawn({ in: ['enter-event'], m: ['message'], w: ['wait'] }, ['in>m', 'm>w']);
const changed = (id: string, change: object) => ({
  ...good,
  nodes: good.nodes.map((n) => (n.id === id ? { ...n, ...change } : n)),
});

describe('a document from outside', () => {
  test('comes out as it went in', () => {
    const parsed = parseJourney(JSON.parse(JSON.stringify(good)));
    expect(parsed).toEqual({ ok: true, journey: good, diagnostics: [] });
  });

  test('that is no journey at all is refused', () => {
    for (const json of [null, 7, 'x', [], {}]) expect(parseDraft(json).ok).toBe(false);
  });

  test('with a broken frame tells node and field, in the words of the form', () => {
    const parsed = parseDraft(changed('m', { position: { x: 'left', y: 0 } }));
    expect(parsed.ok).toBe(false);
    expect(parsed.diagnostics[0]).toMatchObject({ node: 'm', field: 'nodes.1.position.x' });
  });

  test('with an unfinished card is a draft, but not yet a journey', () => {
    const half = changed('w', { config: {} });
    expect(parseDraft(half).ok).toBe(true);
    expect(parseJourney(half)).toMatchObject({
      ok: false,
      diagnostics: [
        { code: 'field-invalid', node: 'w', field: 'config.duration', message: { zh: '还没有说要等多久。' } },
      ],
    });
  });

  test('with a wrong value names the field as the form does', () => {
    const parsed = parseJourney(changed('w', { config: { duration: 7 } }));
    expect(parsed.diagnostics[0]!.code).toBe('field-invalid');
    expect(parsed.diagnostics[0]!.message).toMatchObject({
      zh: expect.stringContaining('「等待」'),
      en: expect.stringContaining('“Wait”'),
    });
  });

  test('with ids that AWS could not bear is refused', () => {
    for (const id of ['a b', 'x'.repeat(41), '中文', 'a/b']) expect(parseDraft({ ...good, id }).ok, id).toBe(false);
  });
});
