import type { Context } from 'hono';
import type { z } from 'zod';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import { issueWords } from '../../shared/issue-words.ts';
import { ApiError, invalid } from './errors.ts';

/** The body as JSON of this shape, or a 4xx that names the field. */
export async function readBody<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  return checked(schema, await readJson(context));
}

/** The query string in this shape. */
export const readQuery = <T>(context: Context, schema: z.ZodType<T>): T => checked(schema, context.req.query());

async function readJson(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw new ApiError(400, {
      code: 'body-not-json',
      message: { zh: '请求内容不是 JSON。', en: 'The body is not JSON.' },
      next: { zh: '检查括号、引号和逗号。', en: 'Check brackets, quotes and commas.' },
    });
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map(toDiagnostic));
}

function toDiagnostic(issue: z.core.$ZodIssue): Diagnostic {
  const field = issue.path.map(String).join('.');
  const expected = issueWords(issue);
  return {
    code: `request-${issue.code.replaceAll('_', '-')}`,
    severity: 'error',
    field,
    message: {
      zh: `「${field || '请求内容'}」不符合要求：${expected.zh}。`,
      en: `“${field || 'The body'}” is not acceptable: ${expected.en}.`,
    },
    next: { zh: '格式见 docs/contracts.md。', en: 'docs/contracts.md gives the shape.' },
  };
}
