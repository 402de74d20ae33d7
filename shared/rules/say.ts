import type { EventFilter, PropertyFilter } from '../events/index.ts';
import type { Words } from '../words.ts';
import { COMPARISON_WORDS } from './compare.ts';
import type { CountOp, Duration } from './condition.ts';
import { durationWords } from './duration.ts';
import { namesOf } from './filter.ts';

/** Builds a text in both languages from texts in both languages. */
export function words(make: (pick: (part: Words) => string, language: 'zh' | 'en') => string): Words {
  return { zh: make((part) => part.zh, 'zh'), en: make((part) => part.en, 'en') };
}

/** "「Order Completed」或「Order Paid」(properties.total 不小于 100)". */
export function filterWords(filter: EventFilter): Words {
  const names = namesOf(filter);
  const except = filter.except ?? [];
  const where = (filter.where ?? []).map(testWords);
  return {
    zh:
      (names === '*' ? '任何行为' : names.map((name) => `「${name}」`).join('或')) +
      (except.length > 0 ? `(${except.map((name) => `「${name}」`).join('')}除外)` : '') +
      (where.length > 0 ? `(${where.map((test) => test.zh).join('、')})` : ''),
    en:
      (names === '*' ? 'anything' : names.map((name) => `“${name}”`).join(' or ')) +
      (except.length > 0 ? ` (except ${except.map((name) => `“${name}”`).join(', ')})` : '') +
      (where.length > 0 ? ` (${where.map((test) => test.en).join(', ')})` : ''),
  };
}

export function testWords(test: PropertyFilter): Words {
  if (test.op === 'exists') {
    return test.value === false
      ? { zh: `${test.path} 没有值`, en: `${test.path} is unknown` }
      : { zh: `${test.path} 有值`, en: `${test.path} is known` };
  }
  return {
    zh: `${test.path} ${COMPARISON_WORDS[test.op].zh} ${valueText(test.value, '、')}`,
    en: `${test.path} ${COMPARISON_WORDS[test.op].en} ${valueText(test.value, ', ')}`,
  };
}

export const within = (duration: Duration | undefined): Words =>
  duration === undefined
    ? { zh: '', en: '' }
    : { zh: `最近 ${durationWords(duration).zh}内`, en: ` in the last ${durationWords(duration).en}` };

const COUNTS: Record<CountOp, (n: string) => Words> = {
  eq: (n) => ({ zh: `恰好 ${n}`, en: `exactly ${n}` }),
  ne: (n) => ({ zh: `不是 ${n}`, en: `not ${n}` }),
  gt: (n) => ({ zh: `超过 ${n}`, en: `more than ${n}` }),
  gte: (n) => ({ zh: `至少 ${n}`, en: `at least ${n}` }),
  lt: (n) => ({ zh: `不到 ${n}`, en: `less than ${n}` }),
  lte: (n) => ({ zh: `至多 ${n}`, en: `at most ${n}` }),
};

export const amount = (op: CountOp, value: number): Words => COUNTS[op](String(value));

export const times = (n: number): string => (n === 1 ? 'time' : 'times');

export function valueText(value: unknown, separator: string): string {
  if (Array.isArray(value)) return value.map((item) => valueText(item, separator)).join(separator);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** 2011-03-01 08:26 UTC. */
export const instantText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
