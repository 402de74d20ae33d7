import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import { ruleDiagnostics } from '../rules/index.ts';
import { utf8Length } from '../utf8-length.ts';
import type { Words } from '../words.ts';
import type { Ruleset } from './ruleset.ts';
import { rulesetSchema } from './ruleset-schema.ts';

export type ParsedRuleset =
  | { readonly ok: true; readonly ruleset: Ruleset }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Rules are one row of a table, which holds 400 KB. */
const MAX_RULESET_BYTES = 380_000;

/** That a ruleset, or the draft of one, is larger than can be kept; undefined where it is not. */
export const tooLargeRuleset = (json: unknown): Diagnostic | undefined =>
  utf8Length(JSON.stringify(json) ?? '') > MAX_RULESET_BYTES ? TOO_LARGE : undefined;

/**
 * Checks a ruleset as a whole; every mistake comes with its place (a path such as `tags.3.when`) and a next step.
 *
 * @param here said instead of the path, where mistakes are shown at their places
 */
export function parseRuleset(json: unknown, here?: Words): ParsedRuleset {
  const parsed = rulesetSchema.safeParse(json);
  if (parsed.success) {
    const tooLarge = tooLargeRuleset(parsed.data);
    return tooLarge === undefined ? { ok: true, ruleset: parsed.data } : { ok: false, diagnostics: [tooLarge] };
  }
  return { ok: false, diagnostics: parsed.error.issues.map((issue) => toDiagnostic(issue, here)) };
}

function toDiagnostic(issue: z.core.$ZodIssue, here: Words | undefined): Diagnostic {
  const params = (issue.code === 'custom' ? issue.params : undefined) as Record<string, string> | undefined;
  const said = SAID[params?.['code'] ?? ''];
  if (said === undefined || params === undefined) return ruleDiagnostics([issue], [], here)[0] as Diagnostic;
  const field = issue.path.map(String).join('.');
  const quoted = Object.fromEntries(Object.entries(params).map(([name, text]) => [name, short(String(text))]));
  return { code: params['code'] as string, severity: 'error', ...said(quoted), field };
}

/** A sentence quotes no more than helps to find it. */
const short = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

const TOO_LARGE: Diagnostic = {
  code: 'ruleset-too-large',
  severity: 'error',
  field: 'tags',
  message: {
    zh: `规则一共超过 ${MAX_RULESET_BYTES / 1000} KB，存不下。`,
    en: `The rules have more than ${MAX_RULESET_BYTES / 1000} KB altogether, which cannot be kept.`,
  },
  next: {
    zh: '删去没有用的标签，或缩短很长的取值列表和说明。',
    en: 'Remove tags that nobody uses, or shorten long lists of values and descriptions.',
  },
};

const SAID: Record<string, (params: Record<string, string>) => { message: Words; next: Words }> = {
  'ruleset-zone': () => ({
    message: { zh: '时区不认识。', en: 'The zone is unknown.' },
    next: { zh: '用 IANA 名称，例如 Asia/Shanghai。', en: 'Use an IANA name such as Asia/Shanghai.' },
  }),
  'key-characters': () => ({
    message: {
      zh: '这个键含有看不见的字符、首尾有空格，或是程序的保留名（如 constructor）。',
      en: 'The key holds invisible characters, begins or ends with a blank, or is a name that programs keep (such as constructor).',
    },
    next: { zh: '换一个键。', en: 'Choose another key.' },
  }),
  'cap-least': () => ({
    message: { zh: '下限比上限还大。', en: 'The least is more than the most.' },
    next: { zh: '把下限改小，或去掉。', en: 'Give a smaller least, or leave it out.' },
  }),
  'cap-within': () => ({
    message: {
      zh: '频控的时间不在 1 秒到 366 天之间。',
      en: 'The stretch of this cap is not between 1 second and 366 days.',
    },
    next: { zh: '写 P7D 这样的时长。', en: 'Give a duration such as P7D.' },
  }),
  'tag-twice': ({ key }) => ({
    message: { zh: `标签「${key}」写了两次。`, en: `The tag “${key}” is there twice.` },
    next: { zh: '删去一个，或换一个键。', en: 'Remove one or give it another key.' },
  }),
  'group-twice': ({ key }) => ({
    message: { zh: `互斥组「${key}」写了两次。`, en: `The group “${key}” is there twice.` },
    next: { zh: '合并这两个组。', en: 'Join the two groups.' },
  }),
  'group-level-twice': ({ key }) => ({
    message: { zh: `组里「${key}」排了两级。`, en: `“${key}” is at two levels of the group.` },
    next: { zh: '只保留一级。', en: 'Keep one of them.' },
  }),
  'group-level-unknown': ({ key, group }) => ({
    message: {
      zh: `组「${group}」的等级「${key}」不是属于这个组的标签。`,
      en: `Level “${key}” of group “${group}” is no tag of that group.`,
    },
    next: {
      zh: `新建该标签并设 group 为「${group}」，或从等级里删去。`,
      en: `Add the tag with group “${group}”, or take the level out.`,
    },
  }),
  'tag-group-unknown': ({ key, group }) => ({
    message: {
      zh: `标签「${key}」的互斥组「${group}」不存在。`,
      en: `The group “${group}” of tag “${key}” does not exist.`,
    },
    next: { zh: '在 groups 里加上这个组并排好等级。', en: 'Add the group to groups, with its levels.' },
  }),
  'tag-not-in-levels': ({ key, group }) => ({
    message: {
      zh: `标签「${key}」没有排进组「${group}」的等级。`,
      en: `Tag “${key}” has no level in its group “${group}”.`,
    },
    next: { zh: '在该组的 levels 里从低到高排上它。', en: 'Put it into the levels of the group, low to high.' },
  }),
  'tag-family-in-group': ({ key }) => ({
    message: { zh: `标签族「${key}」不能放进互斥组。`, en: `The family “${key}” cannot be in an exclusive group.` },
    next: { zh: '去掉 group 或 family。', en: 'Remove group or family.' },
  }),
  'tag-family-compared': ({ key }) => ({
    message: {
      zh: `标签族「${key}」的规则不能与所有客户比较。`,
      en: `The rule of the family “${key}” cannot compare with all customers.`,
    },
    next: { zh: '去掉 family，或不用 percentile。', en: 'Remove the family, or do without percentile.' },
  }),
  'tag-no-rule': ({ key }) => ({
    message: {
      zh: `标签「${key}」既没有规则，也没有标明可手动打标。`,
      en: `Tag “${key}” has neither a rule nor is it marked as set by hand.`,
    },
    next: {
      zh: '写上可量化的规则 when，或设 manual 为 true。',
      en: 'Give it a rule that can be counted (when), or set manual to true.',
    },
  }),
  'tag-infer-alone': ({ key, member }) => ({
    message: {
      zh: `标签「${key}」用推导表，不能再有 ${member}。`,
      en: `“${key}” follows from a table; it cannot have “${member}” besides.`,
    },
    next: { zh: `删去 ${member}，或另建一个标签。`, en: `Remove “${member}”, or make it a tag of its own.` },
  }),
  'tag-infer-itself': ({ key, value }) => ({
    message: {
      zh: `「${key}」的推导表由「${value}」推出「${value}」，永远不会成立。`,
      en: `The table of “${key}” leads from “${value}” to itself, which never holds.`,
    },
    next: {
      zh: '删去这一项；若买过的人也算（例如补货），设 again 为 true。',
      en: 'Take it out; where who had it counts, too (to buy again), set again to true.',
    },
  }),
  'tag-unknown': ({ key, looked }) => ({
    message: {
      zh: `标签「${key}」的规则提到不存在的标签「${looked}」。`,
      en: `The rule of “${key}” looks at an unknown tag “${looked}”.`,
    },
    next: { zh: '改正拼写，或先定义那个标签。', en: 'Correct the spelling, or define that tag first.' },
  }),
  'segment-unknown': ({ key, looked }) => ({
    message: {
      zh: `标签「${key}」的规则提到不存在的人群「${looked}」。`,
      en: `The rule of “${key}” looks at an unknown segment “${looked}”.`,
    },
    next: { zh: '改正拼写，或先定义那个人群。', en: 'Correct the spelling, or define that segment first.' },
  }),
  'tag-key-reserved': ({ key }) => ({
    message: {
      zh: `标签键「${key}」不能以 segment/ 开头。`,
      en: `The key “${key}” must not begin with segment/.`,
    },
    next: { zh: '换一个键；segment/ 留给人群。', en: 'Choose another key; segment/ is kept for segments.' },
  }),
  'segment-twice': ({ key }) => ({
    message: { zh: `人群「${key}」写了两次。`, en: `The segment “${key}” is there twice.` },
    next: { zh: '删去一个。', en: 'Remove one of them.' },
  }),
  'segment-looks-at-tag-unknown': ({ key, looked }) => ({
    message: {
      zh: `人群「${key}」的条件提到不存在的标签「${looked}」。`,
      en: `The condition of segment “${key}” looks at an unknown tag “${looked}”.`,
    },
    next: {
      zh: '改正拼写，先定义那个标签，或先改人群再删标签。',
      en: 'Correct the spelling, define that tag first, or change the segment before removing the tag.',
    },
  }),
  'segment-looks-at-segment-unknown': ({ key, looked }) => ({
    message: {
      zh: `人群「${key}」的条件提到不存在的人群「${looked}」。`,
      en: `The condition of segment “${key}” looks at an unknown segment “${looked}”.`,
    },
    next: { zh: '改正拼写，或先定义那个人群。', en: 'Correct the spelling, or define that segment first.' },
  }),
  'segment-family-unknown': ({ key, family }) => ({
    message: {
      zh: `人群组「${family}」的次序里有不存在的人群「${key}」。`,
      en: `The order of “${family}” names an unknown segment “${key}”.`,
    },
    next: { zh: '从次序里删去它，或先定义它。', en: 'Take it out of the order, or define it first.' },
  }),
  'tag-cycle': ({ cycle }) => ({
    message: {
      zh: `这些标签的规则互相依赖：${cycle}。`,
      en: `The rules of these tags depend on each other: ${cycle}.`,
    },
    next: { zh: '让其中一个直接看事件，不再看标签。', en: 'Let one of them look at events instead of tags.' },
  }),
};
