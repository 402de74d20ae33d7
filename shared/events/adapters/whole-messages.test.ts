import { describe, expect, test } from 'vitest';
import { eventsOf, fixture, NOW, problemOf } from '../../../test/support/event-fixtures.ts';
import { readEnvelope } from '../index.ts';

describe('RudderStack and Segment put whole messages on the bus', () => {
  test('whatever detail-type their settings give them', () => {
    expect(eventsOf(fixture('rudderstack-track'))).toMatchObject([
      {
        id: '9116b734-7e6b-4497-ab51-c16744d4487e',
        customer: 'u_1001',
        name: 'Checkout Started',
        at: '2026-11-20T08:30:00.725Z',
      },
    ]);
    expect(eventsOf(fixture('segment-identify'))).toMatchObject([
      { name: '$identify', customer: 'u_1001', traits: { city: '上海' } },
    ]);
  });

  test('with times computed on the way, so they are known by their ids', () => {
    for (const name of ['rudderstack-track', 'segment-identify']) {
      expect(readEnvelope(fixture(name), NOW)).toMatchObject({ ok: true, events: [{ borrowedTime: true }] });
    }
  });

  test('and are held to the contract like an app’s own', () => {
    const nameless = fixture('rudderstack-track', (message) => Object.assign(message, { event: '' }));
    expect(problemOf(nameless)).toMatchObject({ field: 'event' });
  });
});
