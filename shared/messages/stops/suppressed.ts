import { dayOf, latestIs, type Stop } from './stop.ts';

/** She deleted the contact, or the address is on the suppression list: writing on would only harm. */
export const suppressed: Stop = {
  name: 'suppressed',
  events: ['Contact Deleted', 'Contact Added'],
  check: (facts) => {
    const deleted = latestIs(facts.events, ['Contact Deleted'], ['Contact Added']);
    if (deleted) {
      return {
        hold: 'contact-deleted',
        words: {
          zh: `客户已删除好友（${dayOf(deleted.at, facts.zone)}）`,
          en: `the customer removed the contact on ${dayOf(deleted.at, facts.zone)}`,
        },
      };
    }
    if (facts.customer.traits['suppressed'] !== true) return undefined;
    return { hold: 'suppressed', words: { zh: '客户在不触达名单里', en: 'the customer is on the suppression list' } };
  },
};
