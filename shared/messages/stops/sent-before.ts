import type { Stop } from './stop.ts';

/** Two passages became one when ids were merged; what the other one had sent by then is not sent again. */
export const sentBefore: Stop = {
  name: 'sent-before',
  check: ({ enrolment }) =>
    enrolment.sentBefore
      ? {
          hold: 'sent-before',
          words: {
            zh: '合并身份之前，另一次参与已经发过这一条',
            en: 'another passage sent this one before the ids were merged',
          },
        }
      : undefined,
};
