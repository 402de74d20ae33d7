import { dayOf, latestIs, type Stop, type StopEvent } from './stop.ts';

const hasDeleted = (events: readonly StopEvent[]) => latestIs(events, ['Contact Deleted'], ['Contact Added']);

/** She deleted the contact, or the address is on the suppression list: writing on would only harm. */
export const suppressed: Stop = {
  name: 'suppressed',
  events: ['Contact Deleted', 'Contact Added'],
  always: ({ events, traits }) => hasDeleted(events) !== undefined || traits['suppressed'] === true,
  check: (facts) => {
    const deleted = hasDeleted(facts.events);
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
