import { utf8Length } from '../utf8-length.ts';

/** Room for a value, on average: an id of 36 characters, or thirteen Chinese ones. Of longer ones fewer are kept. */
const BYTES_EACH = 40;

/**
 * Of values in the order of their last touch, how many of the first must go, so that at most `most` stay and together
 * take no more than 40 bytes of UTF-8 for each of those. The last one stays in any case.
 */
export function withoutRoom(values: readonly string[], most: number): number {
  let room = most * BYTES_EACH;
  let kept = 0;
  for (let i = values.length - 1; i >= 0 && kept < most; i--) {
    room -= utf8Length(values[i] as string);
    if (room < 0 && kept > 0) break;
    kept++;
  }
  return values.length - kept;
}
