import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { type Ruleset, rulesThatUse } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';
import { invalid } from '../errors.ts';
import { mentionsOfJourneys } from '../uses.ts';

interface Going {
  readonly tags: readonly string[];
  readonly segments: readonly string[];
}

/**
 * Refuses to take away tags and segments that a journey speaks of, in its draft or in the version that is live: each
 * named, with the journey.
 *
 * @param but journeys that go as well
 */
export async function refuseWhatJourneysUse({ tags, segments }: Going, but: readonly string[]): Promise<void> {
  if (tags.length + segments.length === 0) return;
  const problems = (await mentionsOfJourneys())
    .filter(({ journey }) => !but.includes(journey.id))
    .flatMap(({ journey: { id, name }, mentions }) => {
      const used = mentions.flatMap(({ tag, segment }) =>
        segment === undefined
          ? (tags.find((one) => tag === one || tag?.startsWith(`${one}:`)) ?? [])
          : segments.filter((one) => one === segment),
      );
      return [...new Set(used)].map((one) => inUse(one, id, name));
    });
  if (problems.length > 0) throw invalid(problems);
}

/** Refuses to take away what rules that stay still look at: each named. */
export function refuseWhatRulesUse(left: Ruleset, { tags, segments }: Going): void {
  const looked = [...tags.map((tag) => ({ tag })), ...segments.map((segment) => ({ segment }))];
  const problems = looked.flatMap((one) => {
    const used = 'tag' in one ? one.tag : one.segment;
    const { tags: byTags, segments: bySegments } = rulesThatUse(left, one);
    return [
      ...byTags.map(({ key, name }) => usedByRule(used, `tags.${key}`, TAG, name)),
      ...bySegments.map(({ id, name }) => usedByRule(used, `segments.${id}`, SEGMENT, name)),
    ];
  });
  if (problems.length > 0) throw invalid(problems);
}

const TAG: Words = { zh: '标签', en: 'tag' };
const SEGMENT: Words = { zh: '人群', en: 'segment' };

const usedByRule = (used: string, field: string, what: Words, name: Words): Diagnostic => ({
  code: 'used-by-rule',
  severity: 'error',
  field,
  message: {
    zh: `${what.zh}「${name.zh}」还在用「${used}」。`,
    en: `The ${what.en} “${name.en}” still uses “${used}”.`,
  },
  next: { zh: '先让它改用别的，或删去它。', en: 'Let it use something else first, or remove it.' },
});

const inUse = (used: string, journey: string, name: string): Diagnostic => ({
  code: 'used-by-journey',
  severity: 'error',
  field: `journeys.${journey}`,
  message: {
    zh: `旅程「${name}」还在用「${used}」。`,
    en: `The journey “${name}” still uses “${used}”.`,
  },
  next: {
    zh: '先在这条旅程里改用别的，再发布它。',
    en: 'Let that journey use something else and publish it first.',
  },
});
