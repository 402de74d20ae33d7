import { describe, expect, test } from 'vitest';
import { fixture, fixtureNames, NOW } from '../../../test/support/event-fixtures.ts';
import { readEnvelope } from '../index.ts';
import { adapterFor } from './index.ts';

/* What holds for every adapter, asked of every captured event. */
const names = fixtureNames();
const taken = names.filter((name) => readEnvelope(fixture(name), NOW).ok);
/** They put whole messages on the bus, and are held to the contract like an app. */
const whole = /^(rudderstack|segment)/;

describe.each(names)('%s', (name) => {
  const envelope = fixture(name);

  test('is recognised by its own adapter', () => {
    expect(adapterFor(envelope)?.id).toBe(name.split('-')[0]);
  });

  test('gives the same messages with the same ids and times when it is put again', () => {
    const again = readEnvelope({ ...envelope, id: 'another', time: '2026-11-25T23:00:00Z' }, NOW);
    expect(again).toEqual(readEnvelope(envelope, NOW));
  });
});

test.each(taken)('%s is kept as small as rules need it', (name) => {
  const read = readEnvelope(fixture(name), NOW);
  const sizes = read.ok ? read.events.map(({ event }) => JSON.stringify(event).length) : [Infinity];
  expect(Math.max(...sizes)).toBeLessThan(2500);
});

test.each(taken.filter((name) => !whole.test(name)))('%s has a time of its own', (name) => {
  const read = readEnvelope(fixture(name), NOW);
  expect(read.ok && read.events.map(({ borrowedTime }) => borrowedTime)).not.toContain(true);
});

test.each(names.filter((name) => !taken.includes(name)))('%s is refused in words', (name) => {
  const read = readEnvelope(fixture(name), NOW);
  for (const { code, message, next } of read.ok ? [] : read.diagnostics) {
    expect(code).toMatch(/^source-/);
    expect([message.zh, next.zh]).toEqual([expect.stringMatching(/。$/), expect.stringMatching(/。$/)]);
    expect([message.en, next.en]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  }
  expect.hasAssertions();
});

test.each(names.filter((name) => !whole.test(name)))('%s of another shape is refused with the place', (name) => {
  const read = readEnvelope({ ...fixture(name), detail: { nothing: 'of the kind' } }, NOW);
  expect(read.ok ? [] : read.diagnostics[0]).toMatchObject({ code: 'source-shape', field: expect.any(String) });
});

test('an app’s own message has no adapter, whatever its source looks like', () => {
  for (const source of ['shop.web', 'stripe', 'shopify', 'myses', 'wecom.own', 'sensorsx']) {
    expect(adapterFor({ id: '', source, detailType: 'track', time: NOW, detail: {} })).toBeUndefined();
  }
});
