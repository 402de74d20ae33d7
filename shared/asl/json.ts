/** JSON values as they pass between states, and the two limits that AWS puts on them. */
import { utf8Length } from '../utf8-length.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Largest input or output of a state, task or execution, in bytes of UTF-8 (AWS service limit). */
export const MAX_PAYLOAD_BYTES = 262_144;

/** `\u001f`; and `-1.2345678901234567e-308`. */
const MOST_BYTES_A_UNIT = 6;
const MOST_BYTES_A_NUMBER = 25;

/** True for a JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a text is longer than the payload limit, without encoding it when its length already decides. */
export function exceedsPayloadLimit(text: string): boolean {
  if (text.length > MAX_PAYLOAD_BYTES) return true;
  if (text.length * 3 <= MAX_PAYLOAD_BYTES) return false;
  return utf8Length(text) > MAX_PAYLOAD_BYTES;
}

/**
 * No fewer bytes than a value's text has: a bound that costs much less than the text, while that is within the payload
 * limit; else as many as it has.
 */
export function bytesAtMost(value: Json): number {
  const left = roomLeft(value, MAX_PAYLOAD_BYTES);
  return left >= 0 ? MAX_PAYLOAD_BYTES - left : utf8Length(JSON.stringify(value));
}

/** What is left of `room` bytes after as many as a value's text may take: less than none, once it may be too much. */
function roomLeft(value: Json, room: number): number {
  if (typeof value === 'string') return room - value.length * MOST_BYTES_A_UNIT - 2;
  if (typeof value !== 'object' || value === null) return room - MOST_BYTES_A_NUMBER;
  let left = room - 2;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && left >= 0; i++) left = roomLeft(value[i] as Json, left - 1);
    return left;
  }
  for (const key in value) {
    const member = value[key] as Json;
    left -= key.length * MOST_BYTES_A_UNIT + 4;
    // As above; most members are texts and numbers.
    if (typeof member === 'string') left -= member.length * MOST_BYTES_A_UNIT + 2;
    else if (typeof member !== 'object') left -= MOST_BYTES_A_NUMBER;
    else left = roomLeft(member, left);
    if (left < 0) break;
  }
  return left;
}

/** Deep equality of two JSON values; member order does not count. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equalJson(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && equalJson(a[key], b[key]));
}
