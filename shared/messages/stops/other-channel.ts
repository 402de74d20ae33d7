import type { Stop } from './stop.ts';

/** Her segment says by which channels its customers are reached, and this is none of them (S93). */
export const otherChannel: Stop = {
  name: 'other-channel',
  check: ({ transactional, planned, channel }) => {
    if (transactional) return undefined;
    const plan = planned.find(({ channels }) => channels !== undefined && !channels.includes(channel.id));
    return (
      plan && {
        hold: 'other-channel',
        words: {
          zh: `人群「${plan.name.zh}」不用「${channel.label.zh}」触达`,
          en: `the segment “${plan.name.en}” is not reached by ${channel.label.en}`,
        },
      }
    );
  },
};
