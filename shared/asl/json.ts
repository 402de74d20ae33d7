/** JSON values as they pass between states, and the two limits that AWS puts on them. */
import { utf8Length } from '../utf8-length.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Largest input or output of a state, task or execution, in bytes of UTF-8 (AWS service limit). */
export const MAX_PAYLOAD_BYTES = 262_144;

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
