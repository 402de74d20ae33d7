import { Hono } from 'hono';
import { z } from 'zod';
import { sentence } from '../../../shared/rules/index.ts';
import { belonging, everybody, inAll, inAny, type SegmentSet } from '../../../shared/segments/index.ts';
import {
  namesIn,
  parseRuleset,
  putSegment,
  type Ruleset,
  removeSegment,
  type SegmentDefinition,
} from '../../../shared/tags/index.ts';
import { currentRules } from '../../ports/ruleset/index.ts';
import { listSegmentMembers, segmentSets } from '../../ports/segments/index.ts';
import { known, listed } from '../customer-search.ts';
import { invalid, notFound } from '../errors.ts';
import { pageSchema } from '../page.ts';
import { readBody, readQuery } from '../read.ts';
import { allow, type Env, seesPersonal } from '../roles.ts';
import { type StoredRules, storeRules } from '../store-rules.ts';
import { lastChange, segmentAt, usesOf } from '../uses.ts';
import { builderData } from './builder.ts';
import { conditionIn } from './condition-in.ts';
import { matching } from './matching.ts';

export const segments = new Hono<Env>();

/** Every segment with how many are in it, how many in each two at once, and who belongs where. */
segments.get('/api/segments', async (context) => {
  const [{ ruleset }, sets] = await Promise.all([currentRules(), segmentSets()]);
  const all = ruleset.segments ?? [];
  return context.json({
    version: ruleset.version,
    customers: everybody(sets),
    items: all.map((segment) => ({ ...segment, count: inAll(sets, [segment.id]) })),
    overlaps: overlaps(all, sets),
    families: (ruleset.segmentFamilies ?? []).map((family) => ({ ...family, belonging: belonging(sets, family) })),
  });
});

const idsSchema = z.object({
  of: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').flatMap((id) => id.trim() || [])),
});

/** Of any segments: how many are in all of them, how many in at least one. */
segments.get('/api/segments/overlap', async (context) => {
  const { of } = readQuery(context, idsSchema);
  const [{ ruleset }, sets] = await Promise.all([currentRules(), segmentSets()]);
  for (const id of of) segmentIn(ruleset, id);
  return context.json({ of, all: inAll(sets, of), any: inAny(sets, of), customers: everybody(sets), exact: true });
});

/** Who would belong where by an order of precedence that is not in force (yet). */
segments.get('/api/segments/belonging', async (context) => {
  const { of: order } = readQuery(context, idsSchema);
  const [{ ruleset }, sets] = await Promise.all([currentRules(), segmentSets()]);
  for (const id of order) segmentIn(ruleset, id);
  return context.json({ of: order, belonging: belonging(sets, { order }), customers: everybody(sets), exact: true });
});

/** One segment with all there is to know of it. */
segments.get('/api/segments/:id', async (context) => {
  const [{ ruleset }, sets] = await Promise.all([currentRules(), segmentSets()]);
  const segment = segmentIn(ruleset, context.req.param('id'));
  const { id } = segment;
  const [uses, changed] = await Promise.all([usesOf({ segment: id }), lastChange(segmentAt(id))]);
  return context.json({
    segment,
    rule: sentence(segment.when, namesIn(ruleset)),
    count: inAll(sets, [id]),
    customers: everybody(sets),
    overlaps: (ruleset.segments ?? [])
      .filter((other) => other.id !== id)
      .map((other) => ({ id: other.id, name: other.name, count: inAll(sets, [id, other.id]) })),
    uses,
    ...(changed && { changed }),
  });
});

segments.get('/api/segments/:id/customers', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  const { ruleset } = await currentRules();
  const { id } = segmentIn(ruleset, context.req.param('id'));
  const page = await listSegmentMembers(id, cursor, limit);
  const inside = (await known(page.items)).filter(({ state }) => id in state.segments);
  const personal = seesPersonal(context.get('person'));
  const items = inside.map((one) => ({ ...listed(personal)(one), since: one.state.segments[id]!.since }));
  return context.json({ items, cursor: page.cursor });
});

segments.put('/api/segments/:id', allow('publisher'), async (context) => {
  const { ruleset } = await currentRules();
  const id = context.req.param('id');
  const mine = { ...(await readBody(context, z.looseObject({}))), id } as unknown as SegmentDefinition;
  return context.json(await store(putSegment(ruleset, mine), id, context.get('person').id));
});

segments.delete('/api/segments/:id', allow('publisher'), async (context) => {
  const { ruleset } = await currentRules();
  const { id } = segmentIn(ruleset, context.req.param('id'));
  return context.json(await store(removeSegment(ruleset, id), id, context.get('person').id));
});

/** How many a condition would hold for that is being built. */
segments.post('/api/conditions/count', async (context) => {
  const { when } = await readBody(context, z.object({ when: z.unknown() }));
  const { ruleset } = await currentRules();
  return context.json(await matching(conditionIn(when), ruleset.zone));
});

segments.get('/api/conditions/builder', async (context) => {
  const { ruleset } = await currentRules();
  return context.json(await builderData(ruleset));
});

function overlaps(all: readonly SegmentDefinition[], sets: readonly SegmentSet[]) {
  return all.flatMap((a, i) => all.slice(i + 1).map((b) => ({ of: [a.id, b.id], count: inAll(sets, [a.id, b.id]) })));
}

export function segmentIn({ segments: all = [] }: Ruleset, id: string): SegmentDefinition {
  const found = all.find((segment) => segment.id === id);
  if (found === undefined) throw notFound({ zh: '这个人群', en: 'This segment' });
  return found;
}

/** Stores the rules; of their mistakes those of the segment at hand are told at its own fields. */
async function store(rules: Ruleset, id: string, author: string): Promise<StoredRules> {
  const parsed = parseRuleset(rules);
  if (!parsed.ok) {
    const prefix = `segments.${(rules.segments ?? []).findIndex((segment) => segment.id === id)}.`;
    throw invalid(
      parsed.diagnostics.map((one) =>
        one.field?.startsWith(prefix) ? { ...one, field: one.field.slice(prefix.length) } : one,
      ),
    );
  }
  return storeRules(parsed.ruleset, rules.version, author);
}
