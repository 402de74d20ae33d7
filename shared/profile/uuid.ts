/** Message ids are mostly UUIDs: 36 characters that say 32 digits, written here in 22. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two digits for each three hexadecimal ones. */
const PAIRS = Array.from({ length: 4096 }, (_, i) => `${DIGITS[i >> 6]}${DIGITS[i & 63]}`);
const TRIPLES = new Map(PAIRS.map((pair, i) => [pair, i.toString(16).padStart(3, '0')]));
const SIGN = '~';

/** Any text, a UUID as a shorter one. */
export function shortened(text: string): string {
  if (text.length !== 36 || !UUID.test(text)) return text.startsWith(SIGN) ? SIGN + text : text;
  const hex = `${text.slice(0, 8)}${text.slice(9, 13)}${text.slice(14, 18)}${text.slice(19, 23)}${text.slice(24)}0`;
  let short = SIGN;
  for (let i = 0; i < 33; i += 3) short += PAIRS[Number.parseInt(hex.slice(i, i + 3), 16)];
  return short;
}

/** The text that was shortened. */
export function lengthened(short: string): string {
  if (!short.startsWith(SIGN)) return short;
  if (short.startsWith(SIGN, 1)) return short.slice(1);
  let hex = '';
  for (let i = 1; i < 23; i += 2) hex += TRIPLES.get(short.slice(i, i + 2));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
