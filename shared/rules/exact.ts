/**
 * Exact sums. Binary floating point makes 0.1 + 0.2 + 0.3 depend on the order and puts a total of exactly 1,000 at
 * 999.9999999999999, so amounts are added as whole millionths: a number while it is a safe integer, else a decimal
 * string (JSON has no big integers). What has more than six decimals is rounded to six when it comes in.
 */
export type Exact = number | string;

const MILLION = 1_000_000;
const MAX = Number.MAX_SAFE_INTEGER;

/** A number, or a string that is a plain decimal number, in millionths; undefined for anything else. */
export function toExact(value: unknown): Exact | undefined {
  const number = typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  const scaled = number * MILLION;
  // Up to here the product is off by less than half a millionth, so rounding finds the decimal that was written.
  if (Math.abs(scaled) <= MAX) return Math.round(scaled) || 0;
  return normal(BigInt(Math.round(number)) * BigInt(MILLION));
}

export function addExact(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (sum <= MAX && sum >= -MAX) return sum;
  }
  return normal(BigInt(a) + BigInt(b));
}

/** Sign of a - b * times. `times` is a count. */
export function compareExact(a: Exact, b: Exact, times = 1): number {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = b * times;
    if (product <= MAX && product >= -MAX) return Math.sign(a - product);
  }
  const difference = BigInt(a) - BigInt(b) * BigInt(times);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** For people: the sum, or with `times` the average, rounded to cents. */
export function exactToText(a: Exact, times = 1): string {
  return String(Math.round(Number(a) / times / 10_000) / 100);
}

/** Back to a plain number; beyond 2^53 millionths it is the nearest one. */
export const fromExact = (a: Exact): number => Number(a) / MILLION;

const normal = (value: bigint): Exact =>
  value <= BigInt(MAX) && value >= -BigInt(MAX) ? Number(value) : value.toString();
