import { reached, reachedWords } from '../caps.ts';
import type { Stop } from './stop.ts';

/** 频控: she has had as many marketing messages as a cap allows. What is transactional is not asked. */
export const capped: Stop = {
  name: 'capped',
  check: ({ transactional, caps, sent, now }) => {
    if (transactional) return undefined;
    const cap = reached(caps, sent, now);
    return cap && { hold: 'capped', words: reachedWords(cap), cap };
  },
};
