import { isVisible } from '../visible.ts';

/** Members that every object has: as a key of something they would always be there. */
const RESERVED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** What is not drawn at all (a zero-width space, marks of direction), but for the two that join or part letters and emoji. */
const UNDRAWN = /[\p{Cf}--[\u200c\u200d]]/v;

/** May it be the key of a tag, a group, a segment? Nothing invisible in it, no blank around it, no name that is reserved. */
export const isKey = (text: string): boolean =>
  isVisible(text) && !UNDRAWN.test(text) && text === text.trim() && !RESERVED.has(text);
