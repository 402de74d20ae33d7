import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import type { Words } from '../words.ts';

interface Reading {
  readonly code: string;
  readonly message: Words;
  readonly next: Words;
}

/**
 * What is wrong with a condition (or with a document that holds some), from the issues of its schema. `at` goes before
 * each path. Codes: rule-shape, rule-unknown-operator, rule-too-deep, rule-path, rule-duration, rule-field-missing,
 * rule-field-unknown, rule-field-value, rule-field.
 */
export function ruleDiagnostics(
  issues: readonly z.core.$ZodIssue[],
  at: readonly PropertyKey[] = [],
): readonly Diagnostic[] {
  return issues.map((issue) => {
    const field = [...at, ...issue.path].map(String).join('.');
    const { code, message, next } = read(issue, field || '.');
    return { code, severity: 'error', message, next, ...(field ? { field } : {}) };
  });
}

const SEE_FORM: Words = { zh: '对照该处的填写说明改正。', en: 'Correct it as the help of that field says.' };

function read(issue: z.core.$ZodIssue, field: string): Reading {
  const params = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const custom = CUSTOM[String(params['code'])];
  if (custom !== undefined) return { code: String(params['code']), ...custom(field, params) };
  switch (issue.code) {
    case 'invalid_type':
      return /received undefined$/.test(issue.message)
        ? reading('rule-field-missing', `${field} 没有填。`, `${field} is missing.`)
        : reading(
            'rule-field-value',
            `${field} 的类型应为 ${issue.expected}。`,
            `${field} must be of type ${issue.expected}.`,
          );
    case 'unrecognized_keys':
      return {
        code: 'rule-field-unknown',
        message: {
          zh: `${field} 里有不认识的字段：${issue.keys.join('、')}。`,
          en: `${field} has unknown fields: ${issue.keys.join(', ')}.`,
        },
        next: { zh: '删去它们，或改正拼写。', en: 'Remove them or correct their spelling.' },
      };
    case 'invalid_value':
      return reading(
        'rule-field-value',
        `${field} 的值不认识，可用的有：${issue.values.map(String).join('、')}。`,
        `${field} has an unknown value; known are: ${issue.values.map(String).join(', ')}.`,
      );
    case 'too_small':
      return reading(
        'rule-field-value',
        `${field} 太小或太少，至少为 ${issue.minimum}。`,
        `${field} is too small; the least is ${issue.minimum}.`,
      );
    case 'too_big':
      return reading(
        'rule-field-value',
        `${field} 太大或太多，至多为 ${issue.maximum}。`,
        `${field} is too large; the most is ${issue.maximum}.`,
      );
    default:
      return reading(
        'rule-field',
        `${field} 不合要求：${issue.message}。`,
        `${field} is not acceptable: ${issue.message}.`,
      );
  }
}

const reading = (code: string, zh: string, en: string): Reading => ({ code, message: { zh, en }, next: SEE_FORM });

const CUSTOM: Record<string, (field: string, params: Record<string, unknown>) => Omit<Reading, 'code'>> = {
  'rule-shape': (field) => ({
    message: {
      zh: `${field} 应是只有一个键（算子）的对象。`,
      en: `${field} must be an object with exactly one key, the operator.`,
    },
    next: {
      zh: '例如 {"tag": "VIP"}；几个条件用 all 或 any 包起来。',
      en: 'For example {"tag": "VIP"}; wrap several conditions in all or any.',
    },
  }),
  'rule-unknown-operator': (field, params) => ({
    message: {
      zh: `${field}：没有名为 ${params['name']} 的算子。`,
      en: `${field}: there is no operator ${params['name']}.`,
    },
    next: { zh: `可用的有：${params['known']}。`, en: `Use one of: ${params['known']}.` },
  }),
  'rule-too-deep': (field) => ({
    message: { zh: `${field}：条件套得太深。`, en: `${field}: the conditions lie too deep inside each other.` },
    next: {
      zh: '把其中一部分做成一个标签，再用 tag 引用它。',
      en: 'Make a part of it a tag and refer to that by tag.',
    },
  }),
  'rule-path': (field) => ({
    message: { zh: `${field} 不是事件里的路径。`, en: `${field} is not a path into an event.` },
    next: {
      zh: '以 properties. 或 context. 开头，例如 properties.total。',
      en: 'Begin with properties. or context., such as properties.total.',
    },
  }),
  'rule-duration': (field) => ({
    message: { zh: `${field} 不是可用的时长。`, en: `${field} is not a usable duration.` },
    next: {
      zh: '用 ISO 8601 的周、日、时、分、秒，例如 P7D、PT2H，不超过十年。',
      en: 'Use ISO 8601 weeks to seconds, such as P7D or PT2H, at most ten years.',
    },
  }),
};
