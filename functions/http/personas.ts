import { Hono } from 'hono';
import { z } from 'zod';
import { worksheet } from '../../shared/persona/index.ts';
import { estimated, everybody, inAll } from '../../shared/segments/index.ts';
import { now } from '../ports/clock/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { segmentSets } from '../ports/segments/index.ts';
import { countMembers } from '../ports/tags/index.ts';
import { membersOf, type Who } from './members-of.ts';
import { readQuery } from './read.ts';
import type { Env } from './roles.ts';
import { segmentIn } from './segments/index.ts';
import { tagIn } from './tags.ts';

/** Persona worksheets (S40): what the members of a segment, the holders of a tag, or all customers are like. */
export const personas = new Hono<Env>();

const whoSchema = z.object({ segment: z.string().min(1).optional(), tag: z.string().min(1).optional() });

personas.get('/api/personas', async (context) => {
  const { segment, tag } = readQuery(context, whoSchema);
  const { ruleset, families } = await currentRules();
  const who: Who = segment !== undefined ? { segment } : tag !== undefined ? { tag } : {};
  const named =
    segment !== undefined ? segmentIn(ruleset, segment) : tag !== undefined ? tagIn(ruleset, tag) : undefined;
  const { members, total: known } = await membersOf(who, families);
  // Counters may be a moment behind what was seen.
  const total = Math.max(known ?? (await countOf(who)), members.length);
  const { dimensions, left } = worksheet(
    ruleset,
    members.map(({ state }) => Object.keys(state.tags)),
  );
  const of = (count: number) => estimated(count, members.length, total);
  return context.json({
    ...who,
    ...(named && { name: named.name }),
    ...(named !== undefined && 'goal' in named && { goal: named.goal }),
    at: now(),
    total,
    exact: members.length === total,
    sampled: members.length,
    dimensions: dimensions.map(({ values, none, ...rest }) => ({
      ...rest,
      values: values.map(({ count, ...value }) => ({ ...value, ...of(count) })),
      none: of(none),
    })),
    left,
  });
});

/** Where there are too many to read all ids; of a family of tags these are pairs of customer and value. */
async function countOf({ segment, tag }: Who): Promise<number> {
  if (tag !== undefined) return countMembers(tag);
  const sets = await segmentSets();
  return segment === undefined ? everybody(sets) : inAll(sets, [segment]);
}
