import type { ComparisonName } from '../events/index.ts';
import type { Words } from '../words.ts';
import type { CountOp } from './condition.ts';

type Test = (left: unknown, right: unknown) => boolean;

/**
 * What each comparison means. Numbers written as text compare as numbers; other texts compare by code point, which is
 * right for ISO dates. A missing value fails everything but `ne` and `exists: false`.
 */
export const TESTS: Readonly<Record<ComparisonName, Test>> = {
  eq: same,
  ne: (left, right) => !same(left, right),
  gt: (left, right) => order(left, right) > 0,
  gte: (left, right) => order(left, right) >= 0,
  lt: (left, right) => order(left, right) < 0,
  lte: (left, right) => order(left, right) <= 0,
  in: (left, right) => Array.isArray(right) && listOf(left).some((item) => right.some((wanted) => same(item, wanted))),
  contains: (left, right) =>
    Array.isArray(left)
      ? left.some((item) => same(item, right))
      : typeof left === 'string' && right !== undefined && left.includes(String(right)),
  prefix: (left, right) => typeof left === 'string' && typeof right === 'string' && left.startsWith(right),
  exists: (left, right) => (left !== undefined && left !== null) === (right !== false),
};

export const compare = (op: ComparisonName, left: unknown, right: unknown): boolean => TESTS[op](left, right);

/** Applies a comparison of numbers to the sign of left - right. */
export function signFits(op: CountOp, sign: number): boolean {
  return SIGN_TESTS[op](sign);
}

/** The same, looked up beforehand. */
export const SIGN_TESTS: Readonly<Record<CountOp, (sign: number) => boolean>> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  gt: (sign) => sign > 0,
  gte: (sign) => sign >= 0,
  lt: (sign) => sign < 0,
  lte: (sign) => sign <= 0,
};

export const COMPARISON_WORDS: Record<ComparisonName, Words> = {
  eq: { zh: '等于', en: 'is' },
  ne: { zh: '不等于', en: 'is not' },
  gt: { zh: '大于', en: 'is more than' },
  gte: { zh: '不小于', en: 'is at least' },
  lt: { zh: '小于', en: 'is less than' },
  lte: { zh: '不大于', en: 'is at most' },
  in: { zh: '属于', en: 'is one of' },
  contains: { zh: '包含', en: 'contains' },
  prefix: { zh: '开头为', en: 'begins with' },
  exists: { zh: '有值', en: 'is known' },
};

/** Of numbers that are counted or added up. */
export const COUNT_WORDS: Record<CountOp, Words> = {
  gte: { zh: '至少', en: 'at least' },
  lte: { zh: '至多', en: 'at most' },
  gt: { zh: '超过', en: 'more than' },
  lt: { zh: '不到', en: 'less than' },
  eq: { zh: '恰好', en: 'exactly' },
  ne: { zh: '不是', en: 'not' },
};

/** The same when they fail; `exists` has sentences of its own. */
export const FAILED_COMPARISON_WORDS: Record<ComparisonName, Words> = {
  ...COMPARISON_WORDS,
  eq: COMPARISON_WORDS.ne,
  ne: COMPARISON_WORDS.eq,
  gt: COMPARISON_WORDS.lte,
  gte: COMPARISON_WORDS.lt,
  lt: COMPARISON_WORDS.gte,
  lte: COMPARISON_WORDS.gt,
  in: { zh: '不属于', en: 'is none of' },
  contains: { zh: '不包含', en: 'does not contain' },
  prefix: { zh: '开头不是', en: 'does not begin with' },
};

function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left === null || right === null || left === undefined || right === undefined) return false;
  if (typeof left === 'object' || typeof right === 'object') return JSON.stringify(left) === JSON.stringify(right);
  return typeof left !== typeof right && String(left) === String(right);
}

/** NaN, which fits no comparison, where the two cannot be ordered. */
function order(left: unknown, right: unknown): number {
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) return a - b;
  if (typeof left !== 'string' || typeof right !== 'string') return Number.NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
