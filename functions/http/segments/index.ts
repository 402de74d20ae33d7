import { Hono } from 'hono';
import { z } from 'zod';
import { belonging, everybody, inAll, inAny, type SegmentSet } from '../../../shared/segments/index.ts';
import { parseRuleset, type Ruleset, type SegmentDefinition } from '../../../shared/tags/index.ts';
import { currentRules } from '../../ports/ruleset/index.ts';
import { listSegmentMembers, segmentSets } from '../../ports/segments/index.ts';
import { known, listed } from '../customer-search.ts';
import { invalid, notFound } from '../errors.ts';
import { pageSchema } from '../page.ts';
import { readBody, readQuery } from '../read.ts';
import { allow, type Env } from '../roles.ts';
import { type StoredRules, storeRules } from '../store-rules.ts';
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

segments.get('/api/segments/:id/customers', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  const { ruleset } = await currentRules();
  const { id } = segmentIn(ruleset, context.req.param('id'));
  const page = await listSegmentMembers(id, cursor, limit);
  const inside = (await known(page.items)).filter(({ state }) => id in state.segments);
  const items = inside.map((one) => ({ ...listed(one), since: one.state.segments[id]!.since }));
  return context.json({ items, cursor: page.cursor });
});

segments.put('/api/segments/:id', allow('publisher'), async (context) => {
  const { ruleset } = await currentRules();
  const id = context.req.param('id');
  const mine = { ...(await readBody(context, z.looseObject({}))), id } as unknown as SegmentDefinition;
  const all = ruleset.segments ?? [];
  const at = all.findIndex((segment) => segment.id === id);
  const by = context.get('person').id;
  return context.json(await store(ruleset, at < 0 ? [...all, mine] : all.with(at, mine), id, by));
});

segments.delete('/api/segments/:id', allow('publisher'), async (context) => {
  const { ruleset } = await currentRules();
  const { id } = segmentIn(ruleset, context.req.param('id'));
  const families = (ruleset.segmentFamilies ?? [])
    .map((family) => ({ ...family, order: family.order.filter((one) => one !== id) }))
    // One segment alone needs no order.
    .filter(({ order }) => order.length > 1);
  const by = context.get('person').id;
  const left = (ruleset.segments ?? []).filter((segment) => segment.id !== id);
  return context.json(await store({ ...ruleset, segmentFamilies: families }, left, id, by));
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

/** Stores the ruleset with these segments; of its mistakes those of the segment at hand are told at their own fields. */
async function store(
  ruleset: Ruleset,
  changed: readonly SegmentDefinition[],
  id: string,
  author: string,
): Promise<StoredRules> {
  const parsed = parseRuleset({ ...ruleset, segments: changed });
  if (!parsed.ok) {
    const prefix = `segments.${changed.findIndex((segment) => segment.id === id)}.`;
    throw invalid(
      parsed.diagnostics.map((one) =>
        one.field?.startsWith(prefix) ? { ...one, field: one.field.slice(prefix.length) } : one,
      ),
    );
  }
  return storeRules(parsed.ruleset, ruleset.version, author);
}
