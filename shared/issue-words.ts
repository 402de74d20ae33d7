import { z } from 'zod';
import type { Words } from './words.ts';

type Issue = z.core.$ZodIssue;

/**
 * What a schema expected, in both languages, without a full stop: our own words for what is missing or of another type
 * (an issue no longer holds what was given, so zod's sentence made of it would say that nothing was), else zod's.
 */
export function issueWords(issue: Issue): Words {
  if (issue.code !== 'invalid_type') return { zh: inChinese(issue), en: inEnglish(issue) };
  if (issue.expected === 'nonoptional' || /received undefined$/.test(issue.message)) return MISSING;
  const type = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
  return { zh: `应为${type.zh}`, en: `${type.en} is expected` };
}

const MISSING: Words = { zh: '没有填', en: 'it is missing' };

const TYPES: Readonly<Record<string, Words>> = {
  string: { zh: '文本', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
};

const spoken =
  (locale: ReturnType<typeof z.locales.en>) =>
  (issue: Issue): string => {
    const said = locale.localeError(issue as z.core.$ZodRawIssue);
    return (typeof said === 'string' ? said : (said?.message ?? issue.message)).replace(/[。.]$/, '');
  };
const inChinese = spoken(z.locales.zhCN());
const inEnglish = spoken(z.locales.en());
