import { z } from 'zod';
import { DURATION, durationSeconds, durationWords } from '../duration.ts';
import type { Words } from '../words.ts';

/**
 * How often the same customer may come in again; one enrolment at a time is always the rule. A new way is an entry of
 * REENTRIES and a line of the schema; nobody else asks which way a journey has.
 */
export type Reentry =
  | { readonly type: 'never' }
  /** This long after the end of the last one; ISO 8601 duration. */
  | { readonly type: 'after'; readonly duration: string }
  | { readonly type: 'always' };

export const reentrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('never') }),
  z.strictObject({ type: z.literal('after'), duration: z.string().regex(DURATION) }),
  z.strictObject({ type: z.literal('always') }),
]);

interface ReentryKind<R> {
  readonly label: Words;
  /** What a form begins with. */
  readonly blank: R;
  readonly words: (reentry: R) => Words;
  /** The code of the refusal, or undefined. `endedAt`: when the last passage ended; seconds since the epoch both. */
  readonly refuses: (reentry: R, endedAt: number, now: number) => string | undefined;
  /** Nothing spaces one passage from the next. */
  readonly unspaced?: true;
}

const REENTRIES: { readonly [T in Reentry['type']]: ReentryKind<Extract<Reentry, { type: T }>> } = {
  never: {
    label: { zh: '只进入一次', en: 'Once only' },
    blank: { type: 'never' },
    words: () => ({ zh: '只进一次', en: 'once only' }),
    refuses: () => 'reentry-never',
  },
  after: {
    label: { zh: '结束一段时间后可以再来', en: 'Again, some time after it ended' },
    blank: { type: 'after', duration: 'P30D' },
    words: ({ duration }) => {
      const { zh, en } = durationWords(duration);
      return { zh: `结束 ${zh}后可以再进`, en: `again ${en} after the end of the last one` };
    },
    refuses: ({ duration }, endedAt, now) =>
      now - endedAt < durationSeconds(duration)! ? 'reentry-too-soon' : undefined,
  },
  always: {
    label: { zh: '每次都可以再来', en: 'Every time' },
    blank: { type: 'always' },
    words: () => ({ zh: '结束后随时可以再进', en: 'again whenever the last one is over' }),
    refuses: () => undefined,
    unspaced: true,
  },
};

const kindOf = ({ type }: Pick<Reentry, 'type'>): ReentryKind<Reentry> => REENTRIES[type] as ReentryKind<Reentry>;

/** Why who has been through may not come again now (a stable code); undefined: she may. Seconds since the epoch. */
export const refusesAgain = (reentry: Reentry, endedAt: number, now: number): string | undefined =>
  kindOf(reentry).refuses(reentry, endedAt, now);

export const reentryWords = (reentry: Reentry): Words => kindOf(reentry).words(reentry);

/** Whatever lets her in does so again as soon as she is out. */
export const isUnspaced = (reentry: Reentry): boolean => kindOf(reentry).unspaced === true;

/** The ways, in the order in which forms offer them. */
export const reentries = (): readonly { readonly label: Words; readonly blank: Reentry }[] => Object.values(REENTRIES);
