import { z } from 'zod';
import type { Words } from './words.ts';

type Issue = z.core.$ZodIssue;

/** What a schema expected, in zod's own sentences of both languages, without their full stops. */
export const issueWords = (issue: Issue): Words => ({ zh: inChinese(issue), en: inEnglish(issue) });

const spoken =
  (locale: ReturnType<typeof z.locales.en>) =>
  (issue: Issue): string => {
    const said = locale.localeError(issue as z.core.$ZodRawIssue);
    return (typeof said === 'string' ? said : (said?.message ?? issue.message)).replace(/[。.]$/, '');
  };
const inChinese = spoken(z.locales.zhCN());
const inEnglish = spoken(z.locales.en());
