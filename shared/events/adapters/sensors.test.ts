import { describe, expect, test } from 'vitest';
import { eventsOf, fixture, problemOf } from '../../../test/support/event-fixtures.ts';

describe('神策 Sensors Data', () => {
  test('an event is the login id’s, under its own name', () => {
    expect(eventsOf(fixture('sensors-track'))).toMatchObject([
      {
        id: 'sensors:u_1001:1795163398123:415323399',
        customer: 'u_1001',
        name: 'ViewProduct',
        at: '2026-11-20T08:29:58.123Z',
        properties: { product_id: 12345, product_classify: '面霜', city: '长沙' },
        context: { source: 'sensors', project: 'production', os: 'iOS', device: 'iPhone17,1' },
      },
    ]);
    expect(eventsOf(fixture('sensors-track'))[0]?.properties).not.toHaveProperty('is_login_id');
  });

  test('before she signs in it is her device’s', () => {
    const before = fixture('sensors-track', (record) => {
      record.login_id = undefined;
      record.identities = {};
      record.distinct_id = record.anonymous_id;
      record.properties.$is_login_id = false;
    });
    expect(eventsOf(before)[0]?.customer).toBe('0f485d4daaadedae5f');
  });

  test('signing up joins the two', () => {
    expect(eventsOf(fixture('sensors-track-signup'))).toMatchObject([{ name: '$alias', customer: 'u_1001' }]);
  });

  test('profile_set becomes traits', () => {
    expect(eventsOf(fixture('sensors-profile-set'))).toMatchObject([
      { name: '$identify', customer: 'u_1001', traits: { name: '李薇', city: '长沙', UserLevel: 'Elite VIP' } },
    ]);
  });

  test('what is set only once does not overwrite: it stays an event that a sticky tag can read', () => {
    expect(eventsOf(fixture('sensors-profile-set-once'))).toMatchObject([
      { name: '$profile_set_once', type: 'track', properties: { AdSource: 'App Store' } },
    ]);
  });

  test('a page view is a page', () => {
    const view = fixture('sensors-track', (record) => Object.assign(record, { event: '$pageview' }));
    expect(eventsOf(view)[0]?.name).toBe('$page');
  });

  test('items are not about customers', () => {
    const item = fixture('sensors-track', (record) => Object.assign(record, { type: 'item_set' }));
    expect(problemOf(item).code).toBe('source-not-about-customers');
  });
});
