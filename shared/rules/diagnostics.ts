import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import { issueWords } from '../issue-words.ts';
import type { Words } from '../words.ts';

interface Reading {
  readonly code: string;
  readonly message: Words;
  readonly next: Words;
}

/** Said instead of a path, where mistakes are shown at their places. */
export const HERE: Words = { zh: '这里', en: 'This' };

/**
 * What is wrong with a condition (or with a document that holds some), from the issues of its schema. `at` goes before
 * each path; `here`: said instead of the path, where it is shown at its place. Codes: rule-shape, rule-operator-missing,
 * rule-unknown-operator, rule-too-deep, rule-path, rule-value, rule-duration, rule-field-missing, rule-field-unknown,
 * rule-field-value, rule-field.
 */
export function ruleDiagnostics(
  issues: readonly z.core.$ZodIssue[],
  at: readonly PropertyKey[] = [],
  here?: Words,
): readonly Diagnostic[] {
  return issues.map((issue) => {
    const field = [...at, ...issue.path].map(String).join('.');
    const { code, message, next } = read(issue, here ?? { zh: `${field || '.'} `, en: field || '.' });
    return { code, severity: 'error', message, next, ...(field ? { field } : {}) };
  });
}

const SEE_FORM: Words = { zh: '对照该处的填写说明改正。', en: 'Correct it as the help of that field says.' };

function read(issue: z.core.$ZodIssue, it: Words): Reading {
  const params = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const custom = CUSTOM[String(params['code'])];
  if (custom !== undefined) return { code: String(params['code']), ...custom(it, params) };
  switch (issue.code) {
    case 'invalid_type':
      return /received undefined$/.test(issue.message)
        ? missing(it)
        : reading(
            'rule-field-value',
            `${it.zh}的类型应为 ${issue.expected}。`,
            `${it.en} must be of type ${issue.expected}.`,
          );
    case 'unrecognized_keys':
      return {
        code: 'rule-field-unknown',
        message: {
          zh: `${it.zh}里有不认识的字段：${issue.keys.join('、')}。`,
          en: `${it.en} has unknown fields: ${issue.keys.join(', ')}.`,
        },
        next: { zh: '删去它们，或改正拼写。', en: 'Remove them or correct their spelling.' },
      };
    case 'invalid_value':
      return reading(
        'rule-field-value',
        `${it.zh}的值不认识，可用的有：${issue.values.map(String).join('、')}。`,
        `${it.en} has an unknown value; known are: ${issue.values.map(String).join(', ')}.`,
      );
    case 'invalid_union':
      return issue.errors.every((tried) => tried.every(({ message }) => /received undefined$/.test(message)))
        ? missing(it)
        : reading('rule-field', `${it.zh}不合要求。`, `${it.en} is not acceptable.`);
    case 'too_small':
      // Nothing was written, nothing was chosen.
      if (issue.minimum === 1 && (issue.origin === 'string' || issue.origin === 'array')) return missing(it);
      return reading(
        'rule-field-value',
        `${it.zh}太小或太少，至少为 ${issue.minimum}。`,
        `${it.en} is too small; the least is ${issue.minimum}.`,
      );
    case 'too_big':
      return reading(
        'rule-field-value',
        `${it.zh}太大或太多，至多为 ${issue.maximum}。`,
        `${it.en} is too large; the most is ${issue.maximum}.`,
      );
    default:
      return reading(
        'rule-field',
        `${it.zh}不合要求：${issueWords(issue).zh}。`,
        `${it.en} is not acceptable: ${issueWords(issue).en}.`,
      );
  }
}

const reading = (code: string, zh: string, en: string): Reading => ({ code, message: { zh, en }, next: SEE_FORM });

const missing = (it: Words): Reading => ({
  code: 'rule-field-missing',
  message: { zh: `${it.zh}没有填。`, en: `${it.en} is missing.` },
  next: { zh: '填上它。', en: 'Fill it in.' },
});

const CUSTOM: Record<string, (it: Words, params: Record<string, unknown>) => Omit<Reading, 'code'>> = {
  'rule-shape': (it) => ({
    message: {
      zh: `${it.zh}应是只有一个键（算子）的对象。`,
      en: `${it.en} must be an object with exactly one key, the operator.`,
    },
    next: {
      zh: '例如 {"tag": "VIP"}；几个条件用 all 或 any 包起来。',
      en: 'For example {"tag": "VIP"}; wrap several conditions in all or any.',
    },
  }),
  'rule-unknown-operator': (it, params) => ({
    message: {
      zh: `${it.zh.trimEnd()}：没有名为 ${params['name']} 的算子。`,
      en: `${it.en}: there is no operator ${params['name']}.`,
    },
    next: { zh: `可用的有：${params['known']}。`, en: `Use one of: ${params['known']}.` },
  }),
  'rule-too-deep': (it) => ({
    message: {
      zh: `${it.zh.trimEnd()}：条件套得太深。`,
      en: `${it.en}: the conditions lie too deep inside each other.`,
    },
    next: {
      zh: '把其中一部分做成一个标签，再用 tag 引用它。',
      en: 'Make a part of it a tag and refer to that by tag.',
    },
  }),
  'rule-operator-missing': (it) => ({
    message: { zh: `${it.zh}没有说是哪种条件。`, en: `${it.en} does not say which kind of condition it is.` },
    next: { zh: '选一种条件。', en: 'Choose a kind of condition.' },
  }),
  'rule-field-missing': (it) => missing(it),
  'rule-value': (it) => ({
    message: { zh: `${it.zh}不能这样比较。`, en: `${it.en} cannot be compared so.` },
    next: {
      zh: '「属于」要列出至少一个值；大小比较要数字或文字；「开头为」要文字；「有值」要 true 或 false；都不要太长。',
      en: 'in takes a list with something in it, gt to lte a number or a text, prefix a text, exists true or false; none of them too long.',
    },
  }),
  'rule-path': (it) => ({
    message: { zh: `${it.zh}不是事件里的路径。`, en: `${it.en} is not a path into an event.` },
    next: {
      zh: '以 properties. 或 context. 开头，例如 properties.total。',
      en: 'Begin with properties. or context., such as properties.total.',
    },
  }),
  'rule-duration': (it) => ({
    message: { zh: `${it.zh}不是可用的时长。`, en: `${it.en} is not a usable duration.` },
    next: {
      zh: '用 ISO 8601 的周、日、时、分、秒，例如 P7D、PT2H，不超过十年。',
      en: 'Use ISO 8601 weeks to seconds, such as P7D or PT2H, at most ten years.',
    },
  }),
};
