import type { Context } from 'hono';
import type { z } from 'zod';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import { issueWords } from '../../shared/issue-words.ts';
import { brokenText, deepPlace } from '../../shared/json-bounds.ts';
import { ApiError, invalid } from './errors.ts';

/** The body as JSON of this shape, or a 4xx that names the field. */
export async function readBody<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  return checked(schema, await readJson(context));
}

/** The query string in this shape. */
export const readQuery = <T>(context: Context, schema: z.ZodType<T>): T => checked(schema, context.req.query());

/** A document with conditions (20 levels) on a card has some thirty. */
const LEVELS = 64;

async function readJson(context: Context): Promise<unknown> {
  let json: unknown;
  try {
    json = await context.req.json();
  } catch {
    throw new ApiError(400, NOT_JSON);
  }
  const deep = deepPlace(json, LEVELS);
  if (deep !== undefined) throw new ApiError(400, { ...TOO_DEEP, at: deep });
  const broken = brokenText(json);
  if (broken !== undefined) throw new ApiError(400, { ...HALF_A_CHARACTER, at: broken || BODY });
  return json;
}

const BODY = 'body';

const NOT_JSON = {
  code: 'body-not-json',
  message: { zh: '请求内容不是 JSON。', en: 'The body is not JSON.' },
  next: { zh: '检查括号、引号和逗号。', en: 'Check brackets, quotes and commas.' },
  at: BODY,
};
const TOO_DEEP = {
  code: 'body-too-deep',
  message: {
    zh: `请求内容套了超过 ${LEVELS} 层。`,
    en: `The body has more than ${LEVELS} levels inside each other.`,
  },
  next: { zh: '格式见 docs/contracts.md。', en: 'docs/contracts.md gives the shape.' },
};
const HALF_A_CHARACTER = {
  code: 'body-broken-text',
  message: {
    zh: '这里的文字里有半个字符（例如被截断的表情符号）。',
    en: 'The text there holds half of a character, as a cut-off emoji leaves it.',
  },
  next: { zh: '把这段文字重新输入一遍。', en: 'Write that text anew.' },
};

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map(toDiagnostic));
}

function toDiagnostic(issue: z.core.$ZodIssue): Diagnostic {
  const field = issue.path.map(String).join('.') || BODY;
  const expected = issueWords(issue);
  return {
    code: `request-${issue.code.replaceAll('_', '-')}`,
    severity: 'error',
    field,
    message: {
      zh: `「${field}」不符合要求：${expected.zh}。`,
      en: `“${field}” is not acceptable: ${expected.en}.`,
    },
    next: { zh: '格式见 docs/contracts.md。', en: 'docs/contracts.md gives the shape.' },
  };
}
