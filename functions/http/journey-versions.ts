import { Hono } from 'hono';
import { z } from 'zod';
import { diffJourneys, idSchema, type Journey } from '../../shared/journey/index.ts';
import { namesIn } from '../../shared/tags/index.ts';
import { now } from '../ports/clock/index.ts';
import { journeyEntry, journeyVersion, readDraft, saveDraft } from '../ports/journeys/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { checkJourney, draftOf, holderOf, idTaken } from './check-journey.ts';
import { conflict, notFound, THIS_JOURNEY, THIS_VERSION } from './errors.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env } from './roles.ts';

/** Journeys over time and between installations: what differs, back to an earlier version, out to a file and in. */
export const journeyVersions = new Hono<Env>();

const which = z.string().regex(/^(draft|live|\d{1,6})$/);

journeyVersions.get('/api/journeys/:id/diff', async (context) => {
  const { from, to } = readQuery(context, z.object({ from: which.default('live'), to: which.default('draft') }));
  const id = context.req.param('id');
  const [before, after] = await Promise.all([documentOf(id, from), documentOf(id, to)]);
  return context.json({ items: diffJourneys(before, after, namesIn((await currentRules()).ruleset)) });
});

/** An earlier version becomes the draft; nothing of what runs changes. */
journeyVersions.post('/api/journeys/:id/versions/:version/restore', allow('marketer'), async (context) => {
  const { revision } = await readBody(context, z.object({ revision: z.int().positive() }));
  const { id, version } = context.req.param();
  return context.json(await keepAsDraft(await documentOf(id, version), revision));
});

/** The document as a file: what an import takes, here or elsewhere. */
journeyVersions.get('/api/journeys/:id/export', async (context) => {
  const { version } = readQuery(context, z.object({ version: which.default('draft') }));
  const id = context.req.param('id');
  const document = await documentOf(id, version);
  const name = version === 'draft' ? id : `${id}.${version === 'live' ? 'live' : `v${version}`}`;
  return context.body(`${JSON.stringify(document, null, 2)}\n`, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.journey.json"`,
  });
});

/**
 * A file comes in as a draft: under its own id, under another (`as`), or as the draft of the journey that has the id
 * (`over`: the revision of that draft). `dryRun` only tells what would be wrong. Nothing is published.
 */
journeyVersions.post('/api/journeys/import', allow('marketer'), async (context) => {
  const shape = z.object({
    document: z.unknown(),
    as: idSchema.optional(),
    over: z.int().positive().optional(),
    dryRun: z.boolean().default(false),
  });
  const { document, as, over, dryRun } = await readBody(context, shape);
  const own = draftOf(document);
  const journey = as === undefined ? own : { ...own, id: as };
  const { id, name } = journey;
  const taken = over === undefined && (await readDraft(id)) !== undefined;
  const { diagnostics } = await checkJourney(journey);
  const told = { id, name, nodes: journey.nodes.length, diagnostics };
  if (dryRun) return context.json({ ...told, ...(taken && { taken: await holderOf(id) }) });
  if (taken) throw await idTaken(id);
  const { revision } = await keepAsDraft(journey, over ?? 0);
  return context.json({ ...told, revision }, 201);
});

/** @throws ApiError 404; 422 when a draft's frame is broken */
async function documentOf(id: string, which: string): Promise<Journey> {
  const [entry, draft] = await Promise.all([journeyEntry(id), which === 'draft' ? readDraft(id) : undefined]);
  if (entry === undefined) throw notFound(THIS_JOURNEY);
  if (draft !== undefined) return draftOf(draft.document);
  const number = which === 'live' ? entry.liveVersion : Number(which);
  const version = number === undefined || Number.isNaN(number) ? undefined : await journeyVersion(id, number);
  if (version === undefined) throw notFound(THIS_VERSION);
  return version.document;
}

async function keepAsDraft(document: Journey, base: number): Promise<{ revision: number }> {
  const { id, name, stage } = document;
  const revision = await saveDraft({ id, name, stage, document, base, now: now() });
  if (revision !== undefined) return { revision };
  const current = await readDraft(id);
  if (current === undefined) throw notFound(THIS_JOURNEY);
  throw base === 0 ? await idTaken(id) : conflict({ document: current.document, revision: current.revision });
}
