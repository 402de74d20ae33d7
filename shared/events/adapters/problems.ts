import type { z } from 'zod';
import type { Diagnostic } from '../../diagnostics.ts';
import { issueWords } from '../../issue-words.ts';
import type { Words } from '../../words.ts';
import type { Translation } from './adapter.ts';

const failed = (...diagnostics: Diagnostic[]): Translation => ({ ok: false, diagnostics });

/** `source-shape`: the event is not what this vendor sends. */
export const wrongShape = (vendor: Words, error: z.ZodError): Translation =>
  failed(
    ...error.issues.map((issue): Diagnostic => {
      const field = issue.path.map(String).join('.');
      const said = issueWords(issue);
      return {
        code: 'source-shape',
        severity: 'error',
        ...(field ? { field } : {}),
        message: {
          zh: `这不像${vendor.zh}的事件：「${field || 'detail'}」${said.zh}。`,
          en: `This is not an event as ${vendor.en} sends it: “${field || 'detail'}”: ${said.en}.`,
        },
        next: {
          zh: '请原样转发供应商的事件；自己的事件请换一个 source，并按 Segment 规范发送。',
          en: 'Forward the vendor’s event as it is; send events of your own with another source, in the Segment form.',
        },
      };
    }),
  );

/** `source-no-customer`: it says nothing about whose it is. `next` says how this vendor can be made to. */
export const nobody = (what: Words, field: string, next: Words): Translation =>
  failed({
    code: 'source-no-customer',
    severity: 'error',
    field,
    message: {
      zh: `${what.zh}里没有客户，不知道是谁的。`,
      en: `${what.en} names no customer, so nobody knows whose it is.`,
    },
    next,
  });

/** `source-not-about-customers`: nothing is wrong, but it tells nothing about a customer; kept so that it can be seen. */
export const notAboutCustomers = (what: Words, next: Words): Translation =>
  failed({
    code: 'source-not-about-customers',
    severity: 'warning',
    message: {
      zh: `${what.zh}不是关于某位客户的，没有采用。`,
      en: `${what.en} is not about a customer; it was not used.`,
    },
    next,
  });
