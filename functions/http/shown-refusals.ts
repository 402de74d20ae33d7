import { shownReason } from '../../shared/rules/index.ts';
import { namesIn, type Ruleset } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';
import type { Refusal } from '../ports/enrolments/index.ts';
import { journeyEntry } from '../ports/journeys/index.ts';

/** Refusals with their reasons in words: tags, segments and journeys called as they are called now. */
export async function shownRefusals(refusals: readonly Refusal[], ruleset: Ruleset): Promise<Refusal[]> {
  const names = namesIn(ruleset);
  const ids = [...new Set(refusals.flatMap(({ inside }) => inside ?? []))];
  const journeys = new Map(
    await Promise.all(ids.map(async (id) => [id, (await journeyEntry(id))?.name ?? id] as const)),
  );
  return refusals.map(({ why, ...refusal }) => {
    const { inside } = refusal;
    if (inside !== undefined) return { ...refusal, why: isIn(journeys.get(inside)!) };
    return why === undefined ? refusal : { ...refusal, why: shownReason(why, names) };
  });
}

const isIn = (journey: string): Words => ({
  zh: `她正在同一组的旅程「${journey}」里`,
  en: `she is in “${journey}”, a journey of the same family`,
});
