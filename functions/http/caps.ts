import { Hono } from 'hono';
import { z } from 'zod';
import { type Caps, DEFAULT_CAPS, type Ruleset, type SegmentDefinition } from '../../shared/tags/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { conflict } from './errors.ts';
import { readBody } from './read.ts';
import { allow, type Env } from './roles.ts';
import { segmentIn } from './segments/index.ts';
import { storeRules } from './store-rules.ts';
import { underTouchedCounts } from './under-touched.ts';

/** How often customers may be written to: a part of the ruleset, so each change is a version of it. */
export const caps = new Hono<Env>();

caps.get('/api/caps', async (context) => context.json(capsOf((await currentRules()).ruleset)));

/** Who hears less of us than the caps' lower numbers say (S85): a hint, which holds and sends nothing. */
caps.get('/api/caps/under-touched', async (context) => {
  const { ruleset, families } = await currentRules();
  return context.json(await underTouchedCounts(ruleset, families));
});

/** Shapes are the ruleset's to check; `caps: null` takes the shipped ones, segments that are not named stay. */
const shape = z.object({
  baseVersion: z.int().min(0),
  caps: z.looseObject({}).nullable(),
  segments: z.record(z.string(), z.object({ cap: z.unknown(), channels: z.unknown() }).partial()).default({}),
});

caps.put('/api/caps', allow('publisher'), async (context) => {
  const wanted = await readBody(context, shape);
  const { ruleset } = await currentRules();
  if (wanted.baseVersion !== ruleset.version) throw conflict(capsOf(ruleset));
  for (const id of Object.keys(wanted.segments)) segmentIn(ruleset, id);
  const { caps: _, segments = [], ...rest } = ruleset;
  const next = {
    ...rest,
    segments: segments.map((segment) => planned(segment, wanted.segments[segment.id])),
    ...(wanted.caps && { caps: wanted.caps as unknown as Caps }),
  };
  return context.json(await storeRules(next, ruleset.version, context.get('person').id));
});

const capsOf = ({ version, caps: own, segments = [] }: Ruleset) => ({
  version,
  caps: own ?? DEFAULT_CAPS,
  shipped: own === undefined,
  segments: segments.map(({ id, name, cap, channels }) => ({ id, name, cap, channels })),
});

function planned(segment: SegmentDefinition, plan: { cap?: unknown; channels?: unknown } | undefined) {
  if (plan === undefined) return segment;
  const { cap: _, channels: _c, ...rest } = segment;
  return {
    ...rest,
    ...(plan.cap !== undefined && { cap: plan.cap }),
    ...(plan.channels !== undefined && { channels: plan.channels }),
  };
}
