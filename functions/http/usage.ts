import type { Usage } from '../../shared/lint/index.ts';
import { type Ruleset, takesValues } from '../../shared/tags/index.ts';
import { now } from '../ports/clock/index.ts';
import { useOfTag } from '../ports/tags/index.ts';

/** So many members of a tag are looked at: enough to see whether it is still given; of families, to see many values. */
const MEMBERS = 500;
const PAIRS = 5000;

/** What customers have of the tags of these rules. */
export async function usageOf({ tags }: Ruleset): Promise<Usage> {
  const found = await Promise.all(
    tags.map(async (tag) => [tag.key, await useOfTag(tag.key, takesValues(tag) ? PAIRS : MEMBERS)] as const),
  );
  return {
    now: now(),
    tags: Object.fromEntries(found.flatMap(([key, use]) => (use === undefined ? [] : [[key, use]]))),
  };
}
