import type { Words } from '../../words.ts';
import { type Reached, reached, reachedWords, yieldedWords } from '../caps.ts';
import type { Held, Stop } from './stop.ts';

const hold = (cap: Reached, words: Words): Held => ({ hold: 'capped', words, cap });

/**
 * 频控: she has had as many marketing messages as a cap allows, or the places that are left belong to more important
 * ones that wait already. What is transactional is not asked.
 */
export const capped: Stop = {
  name: 'capped',
  check: ({ transactional, caps, sent, ahead, now }) => {
    if (transactional) return undefined;
    const cap = reached(caps, sent, now);
    if (cap !== undefined) return hold(cap, reachedWords(cap));
    // As if those that go first had gone at this moment.
    const left = ahead.length === 0 ? undefined : reached(caps, [...ahead.map(() => now), ...sent], now);
    return left && hold(left, yieldedWords(left, ahead));
  },
};
