import type { Stop } from './stop.ts';

/** The channel itself knows whether it can find her. */
export const noAddress: Stop = {
  name: 'no-address',
  check: (facts) =>
    facts.channel.address(facts.customer) !== undefined
      ? undefined
      : {
          hold: 'no-address',
          words: {
            zh: `在「${facts.channel.label.zh}」找不到这位客户`,
            en: `the customer has no address for ${facts.channel.label.en}`,
          },
        },
};
