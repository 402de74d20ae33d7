/** Message ids are mostly UUIDs: 36 characters that say 32 digits, written here in 22. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two digits for each three hexadecimal ones. */
const PAIRS = Array.from({ length: 4096 }, (_, i) => `${DIGITS[i >> 6]}${DIGITS[i & 63]}`);
const TRIPLES = new Map(PAIRS.map((pair, i) => [pair, i.toString(16).padStart(3, '0')]));

export const SHORT_LENGTH = 22;

/** Of SHORT_LENGTH characters; undefined for what is no UUID in lower case. */
export function shortUuid(text: string): string | undefined {
  if (text.length !== 36 || !UUID.test(text)) return undefined;
  const hex = `${text.slice(0, 8)}${text.slice(9, 13)}${text.slice(14, 18)}${text.slice(19, 23)}${text.slice(24)}0`;
  let short = '';
  for (let i = 0; i < 33; i += 3) short += PAIRS[Number.parseInt(hex.slice(i, i + 3), 16)];
  return short;
}

export function longUuid(short: string): string {
  let hex = '';
  for (let i = 0; i < SHORT_LENGTH; i += 2) hex += TRIPLES.get(short.slice(i, i + 2));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** `node-next-1795680042563-845b8bf8-…`, `ajs-next-…`: how Segment's libraries make their messageIds. */
export interface TimedId {
  readonly head: string;
  readonly ms: number;
  readonly uuid: string;
}

const TIMED = /^([A-Za-z][A-Za-z-]{0,30}-)([1-9]\d{12})-([0-9a-f-]{36})$/;

/** undefined for what is no such id, with a UUID in lower case. */
export function parseTimedId(text: string): TimedId | undefined {
  const match = text.length <= 36 ? null : TIMED.exec(text);
  if (match === null) return undefined;
  const [, head, ms, uuid] = match as unknown as [string, string, string, string];
  return UUID.test(uuid) ? { head, ms: Number(ms), uuid } : undefined;
}

export const timedId = ({ head, ms, uuid }: TimedId): string => `${head}${ms}-${uuid}`;
