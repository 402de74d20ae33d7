import type { Usage } from '../../shared/lint/index.ts';
import { everybody, inAll } from '../../shared/segments/index.ts';
import { type Ruleset, takesValues } from '../../shared/tags/index.ts';
import { now } from '../ports/clock/index.ts';
import { segmentSets } from '../ports/segments/index.ts';
import { useOfTag } from '../ports/tags/index.ts';

/** So many members of a tag are looked at: enough to see whether it is still given; of families, to see many values. */
const MEMBERS = 500;
const PAIRS = 5000;

/** What customers have of the tags of these rules. */
export async function usageOf({ tags, segments = [] }: Ruleset): Promise<Usage> {
  const sets = await segmentSets();
  const found = await Promise.all(
    tags.map(async (tag) => [tag.key, await useOfTag(tag.key, takesValues(tag) ? PAIRS : MEMBERS)] as const),
  );
  return {
    now: now(),
    segments: {
      customers: everybody(sets),
      members: Object.fromEntries(segments.map(({ id }) => [id, inAll(sets, [id])])),
    },
    tags: Object.fromEntries(found.flatMap(([key, use]) => (use === undefined ? [] : [[key, use]]))),
  };
}
