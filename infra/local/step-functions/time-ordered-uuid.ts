import { randomUUID } from 'node:crypto';

/**
 * A UUID of version 7: its first 48 bits are the moment (ms since the epoch), 74 others are random. Unguessable, and in
 * an index new ones stand beside each other, so that a group of them touches a few pages instead of one each.
 */
export function timeOrderedUuid(now: number): string {
  const time = Math.max(0, now).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`;
}
