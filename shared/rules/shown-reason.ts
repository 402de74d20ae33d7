import type { Words } from '../words.ts';
import type { Names } from './names.ts';
import { OPERATORS } from './operators/index.ts';

/** Why something holds or not, as it was kept, with tags and segments called as they are called now. */
export const shownReason = (why: Words, names: Names): Words =>
  Object.values(OPERATORS).reduce((said, { renamed }) => renamed?.(said, names) ?? said, why);
