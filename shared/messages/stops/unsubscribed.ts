import { dayOf, latestIs, type Stop } from './stop.ts';

/** She said no: by an event, or by the trait that an app or an import set. Looked at when sending, not when entering. */
export const unsubscribed: Stop = {
  name: 'unsubscribed',
  events: ['Unsubscribed', 'Subscribed'],
  check: (facts) => {
    const said = latestIs(facts.events, ['Unsubscribed'], ['Subscribed']);
    if (!said && facts.customer.traits['unsubscribed'] !== true) return undefined;
    return {
      hold: 'unsubscribed',
      words: said
        ? {
            zh: `客户已退订（${dayOf(said.at, facts.zone)}）`,
            en: `the customer unsubscribed on ${dayOf(said.at, facts.zone)}`,
          }
        : { zh: '客户已退订', en: 'the customer has unsubscribed' },
    };
  },
};
