import { utf8Length } from '../utf8-length.ts';

/** Room for a value, on average: an id of 36 characters, or thirteen Chinese ones. Of longer ones fewer are kept. */
const BYTES_EACH = 40;

/**
 * Of values in the order of their last touch, how many of the first must go, so that at most `most` stay and together
 * take no more than 40 bytes of UTF-8 for each of those. The last one stays in any case.
 */
export function withoutRoom(values: readonly string[], most: number): number {
  let room = most * BYTES_EACH;
  if (surelyFit(values, most, room)) return 0;
  let kept = 0;
  for (let i = values.length - 1; i >= 0 && kept < most; i--) {
    room -= utf8Length(values[i] as string);
    if (room < 0 && kept > 0) break;
    kept++;
  }
  return values.length - kept;
}

/** A character takes at most three bytes for each unit of its length: mostly that is answer enough. */
function surelyFit(values: readonly string[], most: number, room: number): boolean {
  if (values.length > most) return false;
  let units = 0;
  for (let i = 0; i < values.length; i++) units += (values[i] as string).length;
  return 3 * units <= room;
}
