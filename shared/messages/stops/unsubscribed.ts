import { dayOf, latestIs, type Stop, type StopEvent } from './stop.ts';

const saidNo = (events: readonly StopEvent[]) => latestIs(events, ['Unsubscribed'], ['Subscribed']);

/** She said no: by an event, or by the trait that an app or an import set. Looked at when sending, not when entering. */
export const unsubscribed: Stop = {
  name: 'unsubscribed',
  events: ['Unsubscribed', 'Subscribed'],
  always: ({ events, traits }) => saidNo(events) !== undefined || traits['unsubscribed'] === true,
  check: (facts) => {
    const said = saidNo(facts.events);
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
