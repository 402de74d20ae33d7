import { describe, expect, test } from 'vitest';
import { eventsOf, fixture, problemOf } from '../../../test/support/event-fixtures.ts';

const withoutTag = (name: string, more: (detail: { mail: object }) => void = () => {}) =>
  fixture(name, (detail) => {
    delete detail.mail.tags.customer;
    more(detail);
  });

describe('Amazon SES', () => {
  test('a delivery is the customer’s whom the mail was tagged with, without where the mail went through', () => {
    expect(eventsOf(fixture('ses-delivered'))).toMatchObject([
      {
        id: 'ses:0100019aexample-60efe038-3845-92e7-45c4-000000:Delivery:2026-11-20T08:30:02.302Z',
        customer: 'u_1001',
        name: 'Email Delivered',
        at: '2026-11-20T08:30:02.302Z',
        properties: { subject: '欢迎', journey: 'welcome', processingTimeMillis: 1529 },
      },
    ]);
    expect(JSON.stringify(eventsOf(fixture('ses-clicked')))).not.toContain('198.51.100.1');
  });

  test('without the tag it is the address that bounced', () => {
    expect(eventsOf(withoutTag('ses-bounced'))).toMatchObject([
      { customer: 'email:li.wei@example.com', name: 'Email Bounced', properties: { bounceType: 'Permanent' } },
    ]);
  });

  test('a mail to two is delivered to two, but which of them clicked, it does not say', () => {
    const two = (name: string) =>
      withoutTag(name, (detail) => {
        const people = ['li.wei@example.com', 'Wang <WANG@example.com>'];
        Object.assign(detail.mail, { destination: people });
        if ('delivery' in detail) Object.assign(detail.delivery as object, { recipients: people });
      });
    expect(eventsOf(two('ses-delivered')).map(({ customer }) => customer)).toEqual([
      'email:li.wei@example.com',
      'email:wang@example.com',
    ]);
    expect(problemOf(two('ses-clicked'))).toMatchObject({ code: 'source-no-customer', field: 'mail.tags.customer' });
  });

  test('a click carries its link; leaving the list is Unsubscribed', () => {
    expect(eventsOf(fixture('ses-clicked'))[0]).toMatchObject({
      name: 'Email Link Clicked',
      properties: { link: 'https://shop.example.com/cream' },
    });
    expect(eventsOf(fixture('ses-subscription'))[0]?.name).toBe('Unsubscribed');
  });

  test('SES’s news about the account are not about customers', () => {
    const advice = { ...fixture('ses-delivered'), detailType: 'Advisor Recommendation Status Open' };
    expect(problemOf(advice).code).toBe('source-not-about-customers');
  });
});
