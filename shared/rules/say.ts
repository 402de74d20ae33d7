import { durationWords } from '../duration.ts';
import type { EventFilter, PropertyFilter } from '../events/index.ts';
import type { Words } from '../words.ts';
import { COMPARISON_WORDS, COUNT_WORDS, FAILED_COMPARISON_WORDS } from './compare.ts';
import type { CountOp, Duration } from './condition.ts';
import { namesOf } from './filter.ts';
import { eventWords, fieldName } from './known-names.ts';

/** Builds a text in both languages from texts in both languages. */
export function words(make: (pick: (part: Words) => string, language: 'zh' | 'en') => string): Words {
  return { zh: make((part) => part.zh, 'zh'), en: make((part) => part.en, 'en') };
}

/** Without the brackets that stand around all of it: they part a list from its neighbours, and here are none. */
export const unbracketed = ({ zh, en }: Words): Words => ({ zh: inside(zh, '（', '）'), en: inside(en, '(', ')') });

function inside(text: string, open: string, close: string): string {
  if (!text.startsWith(open) || !text.endsWith(close)) return text;
  let depth = 0;
  for (const [i, letter] of [...text].entries()) {
    depth += letter === open ? 1 : letter === close ? -1 : 0;
    if (depth === 0) return i === [...text].length - 1 ? text.slice(1, -1) : text;
  }
  return text;
}

/** Parts of which every one holds. */
export const allOf = (parts: readonly Words[]): Words =>
  words((pick, language) => unlike(parts.map(pick)).join(language === 'zh' ? '，且' : ', and '));

/** Reasons one after the other. */
export const together = (reasons: readonly Words[]): Words =>
  words((pick, language) => unlike(reasons.map(pick)).join(language === 'zh' ? '；' : '; '));

/** Where two say the same (an age that was told, and one by a birthday), it is said once. */
const unlike = (parts: readonly string[]): readonly string[] => (parts.length < 2 ? parts : [...new Set(parts)]);

/** More than these are counted, not listed: nobody reads on. */
const MOST_EXCEPTIONS = 2;

/** "「Order Refunded」「Message Sent」等 22 种", "“Order Refunded”, “Message Sent” and 20 others". */
export function exceptionWords(names: readonly string[]): Words {
  const told = names.slice(0, MOST_EXCEPTIONS).map(eventWords);
  const more = names.length - told.length;
  return {
    zh: told.map(({ zh }) => `「${zh}」`).join('') + (more > 0 ? `等 ${names.length} 种` : ''),
    en:
      told.map(({ en }) => `“${en}”`).join(', ') + (more > 0 ? ` and ${more} ${more === 1 ? 'other' : 'others'}` : ''),
  };
}

/** "A 或 B", "A、B 或 C": one of them. */
export const anyOf = (parts: readonly Words[]): Words => ({
  zh: listed(
    parts.map(({ zh }) => zh),
    '、',
    '或',
  ),
  en: listed(
    parts.map(({ en }) => en),
    ', ',
    ' or ',
  ),
});

const listed = (parts: readonly string[], comma: string, or: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(comma)}${or}${parts.at(-1)}`;

/** "「Order Completed」或「Order Paid」（total 不小于 100）". */
export const filterWords = (filter: EventFilter): Words => filterSaid(filter);

/** Configurations never change, and tag changes say the same ones again and again: what is found out once is kept. */
export function once<C extends object, T>(make: (config: C) => T): (config: C) => T {
  const made = new WeakMap<C, T>();
  return (config) => {
    const known = made.get(config);
    if (known !== undefined) return known;
    const fresh = make(config);
    made.set(config, fresh);
    return fresh;
  };
}

const filterSaid = once(sayFilter);

function sayFilter(filter: EventFilter): Words {
  const names = namesOf(filter);
  const except = filter.except?.length ? exceptionWords(filter.except) : undefined;
  const where = (filter.where ?? []).map(testWords);
  const what = names === '*' ? ANYTHING : anyOf(names.map(eventWords).map(quoted));
  return {
    zh:
      what.zh +
      (except ? `（${except.zh}除外）` : '') +
      (where.length > 0 ? `（${where.map((test) => test.zh).join('、')}）` : ''),
    en:
      what.en +
      (except ? ` (except ${except.en})` : '') +
      (where.length > 0 ? ` (${where.map((test) => test.en).join(', ')})` : ''),
  };
}

const ANYTHING: Words = { zh: '任何行为', en: 'anything' };

/** That there is none of it. */
export const none = (what: Words): Words => ({
  zh: `没有${what.zh}`,
  en: what.en.startsWith(ANYTHING.en) ? what.en.replace(ANYTHING.en, 'nothing') : `no ${what.en}`,
});
const quoted = ({ zh, en }: Words): Words => ({ zh: `「${zh}」`, en: `“${en}”` });

/**
 * What a path is called: "properties.total" is 金额, total. Where in the event a value lies is for the form; in a sentence
 * its name is enough. A name that is only the app's own stands apart from Chinese letters.
 */
export function pathWords(path: string): Words {
  const name = path.replace(/^(properties|context)\./, '');
  return fieldName(name.replace(/^products\./, '')) ?? { zh: ` ${name} `, en: name };
}

export function testWords({ path, op, value }: PropertyFilter): Words {
  const name = pathWords(path);
  if (op === 'exists') {
    return value === false
      ? { zh: `${name.zh}没有值`.trim(), en: `${name.en} is unknown` }
      : { zh: `${name.zh}有值`.trim(), en: `${name.en} is known` };
  }
  return namesValues(op, value)
    ? oneOf(name, [value].flat(), op !== 'ne')
    : compared(name, COMPARISON_WORDS[op], value);
}

/** That the comparison fails. An unknown value fails every one but `ne`. */
export function failedTestWords({ path, op, value }: PropertyFilter): Words {
  if (op === 'exists') return testWords({ path, op, value: value === false });
  const name = pathWords(path);
  const { zh, en } = namesValues(op, value)
    ? oneOf(name, [value].flat(), op === 'ne')
    : compared(name, FAILED_COMPARISON_WORDS[op], value);
  return op === 'ne' ? { zh, en } : { zh: `${zh}（或未知）`, en: `${en} (or unknown)` };
}

const compared = (name: Words, how: Words, value: unknown): Words => ({
  zh: `${name.zh}${how.zh} ${valueText(value, '、')}`.trim(),
  en: `${name.en} ${how.en} ${valueText(value, ', ')}`,
});

/** Whether it asks for some texts by name: what is, is not, or is one of. */
const namesValues = (op: PropertyFilter['op'], value: unknown): boolean =>
  op === 'in' || ((op === 'eq' || op === 'ne') && typeof value === 'string');

/** More are counted, not listed. */
const MOST_VALUES = 6;

function oneOf(name: Words, values: readonly unknown[], so: boolean): Words {
  const told = values.length > MOST_VALUES ? values.slice(0, 3) : values;
  const more = values.length - told.length;
  const zh = valueText(told, '、') + (more > 0 ? ` 等 ${values.length} 个` : ' ');
  const en = valueText(told, ', ') + (more > 0 ? ` and ${more} others` : '');
  if (values.length === 1)
    return { zh: `${name.zh}${so ? '是' : '不是'} ${zh}`.trim(), en: `${name.en} ${so ? 'is' : 'is not'} ${en}` };
  return {
    zh: `${name.zh}${so ? `是 ${zh}之一` : `不是 ${zh}中的任何一个`}`.trim(),
    en: `${name.en} is ${so ? 'one' : 'none'} of ${en}`,
  };
}

/** The comparison that holds exactly where this one does not. */
export const OPPOSITE: Record<CountOp, CountOp> = { eq: 'ne', ne: 'eq', gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' };

export function within(duration: Duration | undefined): Words {
  if (duration === undefined) return NEVER_SAID;
  const { zh, en } = durationWords(duration);
  return { zh: `最近 ${zh}内`, en: ` in the last ${en}` };
}

const NEVER_SAID: Words = { zh: '', en: '' };

export const amount = (op: CountOp, value: number): Words => words((pick) => `${pick(COUNT_WORDS[op])} ${value}`);

/** "「面霜」「精华」", "“cream”, “serum”". */
export const valuesWords = (values: readonly string[]): Words => ({
  zh: values.map((value) => `「${value}」`).join(''),
  en: values.map((value) => `“${value}”`).join(', '),
});

/** In English: once, twice, 3 times. */
export const often = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

/** "at least once"; "not once" would be never. */
export const soOften = (op: CountOp, n: number): string =>
  op === 'ne' && n < 3 ? `not exactly ${often(n)}` : `${COUNT_WORDS[op].en} ${often(n)}`;

export function valueText(value: unknown, separator: string): string {
  if (Array.isArray(value)) return value.map((item) => valueText(item, separator)).join(separator);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
