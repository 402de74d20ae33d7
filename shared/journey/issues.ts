/** Turns what zod found into diagnostics that people can act on: which node, which field, what to do. */
import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import { issueWords } from '../issue-words.ts';
import { ruleDiagnostics } from '../rules/index.ts';
import type { Words } from '../words.ts';

type Issue = z.core.$ZodIssue;

interface Place {
  readonly node?: string;
  readonly edge?: string;
  /** Goes before the path: "config". */
  readonly under?: string;
  /** The label of a top-level field, when the form has one. */
  readonly label?: (field: string) => Words | undefined;
}

/** Words that a schema's own refinement carries in its `params`. */
export interface RefinementWords {
  readonly message: Words;
  readonly next: Words;
}

/**
 * What is wrong inside a condition is told by shared/rules, in its own codes (`rule-*`). `field-*`: a value of the document is missing, of the wrong kind, too large or small, or unknown; `field` is its
 * path, e.g. "config.branches.0.when".
 */
export function diagnosticsOf(issues: readonly Issue[], place: Place = {}): Diagnostic[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (path.some((key) => key === 'when' || key === 'audience')) {
      const at = place.under ? [place.under] : [];
      return ruleDiagnostics([issue], at).map((d) => ({ ...d, ...(place.node !== undefined && { node: place.node }) }));
    }
    const field = [...(place.under ? [place.under] : []), ...path].join('.');
    const label = (path[0] && place.label?.(path[0])) || undefined;
    const name = {
      zh: label ? `「${label.zh}」` : `「${field || '文档'}」`,
      en: label ? `“${label.en}”` : `“${field || 'document'}”`,
    };
    const { code, message, next } = describe(issue, name);
    return {
      code,
      severity: 'error',
      message,
      next,
      ...(place.node !== undefined && { node: place.node }),
      ...(place.edge !== undefined && { edge: place.edge }),
      ...(field && { field }),
    };
  });
}

function describe(issue: Issue, name: Words): { code: string; message: Words; next: Words } {
  if (issue.code === 'custom' && issue.params?.['message']) {
    const own = issue.params as unknown as RefinementWords;
    return { code: 'field-invalid', message: own.message, next: own.next };
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return {
      code: 'field-missing',
      message: { zh: `${name.zh}还没有填写。`, en: `${name.en} is missing.` },
      next: { zh: '填写后再试。', en: 'Fill it in.' },
    };
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const small = issue.code === 'too_small';
    const bound = String(small ? issue.minimum : issue.maximum);
    const counted = issue.origin === 'string' || issue.origin === 'array';
    const empty = small && bound === '1' && counted;
    const measure: Words = counted ? { zh: '长度', en: 'length' } : { zh: '数值', en: 'value' };
    const message: Words = empty
      ? { zh: `${name.zh}不能为空。`, en: `${name.en} must not be empty.` }
      : {
          zh: `${name.zh}的${measure.zh}${small ? '至少' : '最多'}是 ${bound}。`,
          en: `The ${measure.en} of ${name.en} must be at ${small ? 'least' : 'most'} ${bound}.`,
        };
    return {
      code: small ? 'field-too-small' : 'field-too-big',
      message,
      next: empty
        ? { zh: '填写后再试。', en: 'Fill it in.' }
        : { zh: '改到允许的范围内。', en: 'Bring it within the limit.' },
    };
  }
  if (issue.code === 'unrecognized_keys') {
    return {
      code: 'field-unknown',
      message: {
        zh: `${name.zh}里有不认识的字段：${issue.keys.join('、')}。`,
        en: `${name.en} has unknown fields: ${issue.keys.join(', ')}.`,
      },
      next: { zh: '删除这些字段，或检查拼写。', en: 'Remove them, or check the spelling.' },
    };
  }
  if (issue.code === 'invalid_format') {
    return {
      code: 'field-invalid',
      message: { zh: `${name.zh}的格式不对。`, en: `${name.en} has the wrong format.` },
      next: {
        zh: '时长写成 P7D、PT2H，钟点写成 10:00，编号用字母、数字、- 和 _。',
        en: 'Durations are written P7D or PT2H, times of day 10:00, ids with letters, digits, - and _.',
      },
    };
  }
  return {
    code: 'field-invalid',
    message: {
      zh: `${name.zh}的内容不对：${issueWords(issue).zh}。`,
      en: `${name.en} is not valid: ${issueWords(issue).en}.`,
    },
    next: { zh: '按提示修改这一项。', en: 'Correct this value.' },
  };
}
