import { Hono } from 'hono';
import { z } from 'zod';
import { now } from '../ports/clock/index.ts';
import { refusalsIn } from '../ports/enrolments/index.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import {
  type DirectoryEntry,
  deleteDraft,
  journeyEntry,
  journeyVersion,
  listJourneys,
  readDraft,
  saveDraft,
  setPaused,
} from '../ports/journeys/index.ts';
import { journeyTotals, liveNumbers } from '../ports/metrics/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { checkJourney, draftOf, idTaken } from './check-journey.ts';
import { ApiError, conflict, notFound, THIS_JOURNEY, THIS_VERSION } from './errors.ts';
import { pageSchema } from './page.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env } from './roles.ts';
import { shownRefusals } from './shown-refusals.ts';
import { withNames } from './with-names.ts';

export const journeys = new Hono<Env>();

journeys.get('/api/journeys', async (context) => {
  const [entries, totals] = await Promise.all([listJourneys(), journeyTotals()]);
  const items = entries.map((entry) => ({
    id: entry.id,
    name: entry.name,
    status: statusOf(entry),
    stage: entry.stage,
    liveVersion: entry.liveVersion,
    draftRevision: entry.revision,
    updatedAt: entry.updatedAt,
    entered: totals.get(entry.id)?.entered ?? 0,
    active: totals.get(entry.id)?.active ?? 0,
  }));
  return context.json({ items });
});

journeys.post('/api/journeys', allow('marketer'), async (context) => {
  const { document } = await readBody(context, z.object({ document: z.unknown() }));
  const journey = draftOf(document);
  const { id, name, stage } = journey;
  const revision = await saveDraft({ id, name, stage, document: journey, base: 0, now: now() });
  if (revision === undefined) throw await idTaken(id);
  return context.json({ id, revision }, 201);
});

journeys.get('/api/journeys/:id', async (context) => {
  const { entry, draft } = await opened(context.req.param('id'));
  const versions = entry.versions.map(({ arn, ...version }) => ({ ...version, versionArn: arn }));
  return context.json({ id: entry.id, status: statusOf(entry), draft, versions, liveVersion: entry.liveVersion });
});

journeys.put('/api/journeys/:id/draft', allow('marketer'), async (context) => {
  const id = context.req.param('id');
  const { document, revision: base } = await readBody(
    context,
    z.object({ document: z.unknown(), revision: z.int().positive() }),
  );
  const journey = draftOf(document);
  if (journey.id !== id) throw new ApiError(422, OTHER_ID(id));
  const { name, stage } = journey;
  const revision = await saveDraft({ id, name, stage, document: journey, base, now: now() });
  if (revision !== undefined) return context.json({ revision });
  const current = await readDraft(id);
  throw current === undefined
    ? notFound(THIS_JOURNEY)
    : conflict({ document: current.document, revision: current.revision });
});

journeys.delete('/api/journeys/:id', allow('marketer'), async (context) => {
  const id = context.req.param('id');
  if ((await readDraft(id)) === undefined) throw notFound(THIS_JOURNEY);
  if (!(await deleteDraft(id))) throw new ApiError(409, PUBLISHED);
  return context.body(null, 204);
});

journeys.post('/api/journeys/:id/check', async (context) => {
  const { document } = await readBody(context, z.object({ document: z.unknown().optional() }));
  const id = context.req.param('id');
  const given = document ?? (await readDraft(id))?.document;
  if (given === undefined) throw notFound(THIS_JOURNEY);
  const { diagnostics, compiled } = await checkJourney(given);
  return context.json({ diagnostics, ...(compiled?.ok ? { asl: compiled.asl, estimate: compiled.estimate } : {}) });
});

for (const [verb, paused] of [
  ['pause', true],
  ['resume', false],
] as const) {
  journeys.post(`/api/journeys/:id/${verb}`, allow('publisher'), async (context) => {
    const entry = await journeyEntry(context.req.param('id'));
    if (entry?.liveVersion === undefined) throw notFound(THIS_JOURNEY);
    await setPaused(entry.id, paused);
    await everybodyKnows();
    return context.json({ status: paused ? 'paused' : 'live' });
  });
}

journeys.get('/api/journeys/:id/versions/:version', async (context) => {
  const found = await journeyVersion(context.req.param('id'), Number(context.req.param('version')));
  if (found === undefined) throw notFound(THIS_VERSION);
  const { document, asl, map } = found;
  return context.json({ document, asl, map });
});

journeys.get('/api/journeys/:id/live', async (context) => {
  const id = context.req.param('id');
  const { version: asked } = readQuery(context, z.object({ version: z.coerce.number().int().positive().optional() }));
  const version = asked ?? (await journeyEntry(id))?.liveVersion;
  const found = version === undefined ? undefined : await journeyVersion(id, version);
  if (found === undefined) throw notFound({ zh: '已发布的版本', en: 'A published version' });
  return context.json(await liveNumbers(id, found));
});

journeys.get('/api/journeys/:id/refusals', async (context) => {
  const [{ items, ...page }, { ruleset }] = await Promise.all([
    refusalsIn(context.req.param('id'), readQuery(context, pageSchema)),
    currentRules(),
  ]);
  const shown = await shownRefusals(items, ruleset);
  return context.json({ ...page, items: await withNames(shown, context.get('person')) });
});

const statusOf = ({ liveVersion, paused }: DirectoryEntry): 'draft' | 'live' | 'paused' =>
  liveVersion === undefined ? 'draft' : paused ? 'paused' : 'live';

async function opened(id: string) {
  const [entry, draft] = await Promise.all([journeyEntry(id), readDraft(id)]);
  if (entry === undefined || draft === undefined) throw notFound(THIS_JOURNEY);
  return { entry, draft };
}

const OTHER_ID = (id: string) => ({
  code: 'id-differs',
  message: { zh: `文档里的编号不是「${id}」。`, en: `The document's id is not “${id}”.` },
  next: {
    zh: '编号定下来后不能改；需要新编号请复制成新旅程。',
    en: 'An id cannot change; copy the journey to give it another.',
  },
  at: 'document.id',
});

const PUBLISHED = {
  code: 'was-published',
  message: { zh: '发布过的旅程不能删除。', en: 'A journey that was published cannot be deleted.' },
  next: { zh: '可以暂停它：不再有新客户进入。', en: 'Pause it instead: nobody new comes in.' },
};
