/** How adapters read what others wrote: leniently, and never more than a rule could use. */

export type Bag = Readonly<Record<string, unknown>>;

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const bagOf = (value: unknown): Bag => (isBag(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something; numbers (record ids) count. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** A number, or a text that is one ("598.94"). */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** ISO 8601, UTC, of an ISO text or a number of milliseconds; undefined for what is no instant. */
export function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  // A date alone has no zone: whoever wrote it did not mean an instant.
  if (typeof value === 'string' && !/T.*(Z|[+-]\d\d:?\d\d)$/i.test(value)) return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The first of them that is there. */
export const firstText = (...values: readonly unknown[]): string | undefined =>
  values.map(textOf).find((text) => text !== undefined);

const LONGEST = 500;

/** The plain values of the top level: what a rule could compare. Lists, objects and long texts are left out. */
export const plainValues = (bag: Bag): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(bag).filter(
      (entry): entry is [string, string | number | boolean] =>
        typeof entry[1] === 'number' ||
        typeof entry[1] === 'boolean' ||
        (typeof entry[1] === 'string' && entry[1] !== '' && entry[1].length <= LONGEST),
    ),
  );

/** Without what is undefined. */
export const given = (bag: Bag): Record<string, unknown> =>
  Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined));

/** A mail address as an id: `email:li@example.com`; "Li <LI@example.com>" is read too. */
export function emailId(value: unknown): string | undefined {
  const text = textOf(value);
  const address = (/<([^<>]+)>\s*$/.exec(text ?? '')?.[1] ?? text)?.trim().toLowerCase();
  return address?.includes('@') ? `email:${address}` : undefined;
}

/** An event carries at most this many articles; `product_count` says how many there were. */
export const MAX_PRODUCTS = 20;
