import type { Words } from '../words.ts';
import type { SegmentMessage } from './segment-message.ts';

/** By which rule two ids are one person: a message named both, or an `alias` said so. */
export type JoinRule = 'together' | 'alias';

/** What a message says besides whose it is: that this other id is the same person. */
export interface Join {
  readonly id: string;
  readonly rule: JoinRule;
}

/**
 * The other id that a message names. An `alias` names it as `previousId` (libraries that send none mean the
 * anonymousId); any other message joins its anonymousId to its userId.
 */
export function joinIn({ type, userId, anonymousId, previousId }: SegmentMessage): Join | undefined {
  if (type === 'alias') return { id: (previousId || anonymousId) as string, rule: 'alias' };
  if (!userId || !anonymousId || userId === anonymousId) return undefined;
  return { id: anonymousId, rule: 'together' };
}

/** By hand, besides what messages say: an id that was joined to somebody by mistake is another customer's now. */
export type LinkRule = JoinRule | 'separated';

export const JOIN_RULES: Readonly<Record<LinkRule, Words>> = {
  separated: {
    zh: '这个编号曾被误并，有人把它分开了：它名下的一切归这位客户',
    en: 'this id had been joined to somebody by mistake and was separated by hand: all that came under it is this customer’s',
  },
  together: {
    zh: '一条消息同时带了 userId 和 anonymousId：匿名期间的一切归这个用户，先关联者得',
    en: 'a message named userId and anonymousId together: what was done anonymously is hers; the first link stays',
  },
  alias: {
    zh: 'alias 消息说 previousId 就是 userId：两者的一切归 userId',
    en: 'an alias message said that previousId is userId: all of both is userId’s',
  },
};
