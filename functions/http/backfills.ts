import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type BackfillShown, estimate } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';
import { goOn } from '../backfill/go-on.ts';
import {
  activeBackfill,
  type Backfill,
  createBackfill,
  fromTheStart,
  listBackfills,
  NO_TALLY,
  readBackfill,
  saveBackfill,
} from '../ports/backfills/index.ts';
import { expired } from '../ports/clock/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { ApiError, notFound } from './errors.ts';
import { readBody } from './read.ts';
import { allow, type Env } from './roles.ts';
import { parsedDraft } from './rules-draft.ts';

/** Dry runs and backfills: walks over all customers, worked by timers/backfill. */
export const backfills = new Hono<Env>();

const rate = z.int().min(1).max(1000).default(100);

backfills.get('/api/backfills', async (context) => context.json({ items: (await listBackfills(20)).map(shown) }));
backfills.get('/api/backfills/:id', async (context) => context.json(shown(await found(context))));

backfills.post('/api/backfills/dry-run', allow('marketer'), async (context) => {
  const shape = z.object({
    of: z.enum(['draft', 'current']).default('draft'),
    rate,
    sample: z.int().positive().optional(),
  });
  const { of, sample, ...wanted } = await readBody(context, shape);
  const draft = of === 'draft' ? await parsedDraft() : undefined;
  const { version } = draft ?? (await currentRules()).ruleset;
  const more = { dryRun: true, of: draft ? 'draft' : 'version', announce: false } as const;
  const job = await createBackfill(
    { ...wanted, ...more, version, base: await upToDate(), author: by(context), ...(sample ? { sample } : {}) },
    draft,
  );
  return begun(context, job, true);
});

backfills.post('/api/backfills', allow('publisher'), async (context) => {
  const shape = z.object({ version: z.int().positive().optional(), rate, announce: z.boolean().default(false) });
  const wanted = await readBody(context, shape);
  const { version } = (await currentRules()).ruleset;
  if (version === 0) throw notFound({ zh: '已发布的规则', en: 'A published ruleset' });
  if (wanted.version !== undefined && wanted.version !== version) throw notInForce(version);
  const more = { dryRun: false, of: 'version', base: await upToDate(), author: by(context) } as const;
  return begun(context, await createBackfill({ ...wanted, ...more, version }), false);
});

backfills.post('/api/backfills/:id/pause', allow('publisher'), async (context) => {
  const job = await found(context);
  return changed(context, job, job.status === 'running' ? { status: 'paused' } : undefined);
});

/** Also tells again of one that is running, should the word have been lost. */
backfills.post('/api/backfills/:id/resume', allow('publisher'), async (context) => {
  const job = await found(context);
  const goes = job.status === 'paused' || job.status === 'running';
  return changed(context, job, goes ? { status: 'running' } : undefined);
});

backfills.post('/api/backfills/:id/rate', allow('publisher'), async (context) => {
  const job = await found(context);
  const wanted = await readBody(context, z.object({ rate: rate.unwrap() }));
  return changed(context, job, job.status === 'running' || job.status === 'paused' ? wanted : undefined);
});

backfills.post('/api/backfills/:id/undo', allow('publisher'), async (context) => {
  const job = await found(context);
  const can = job.doing === 'apply' && !expired({ expiresAt: job.undoUntil });
  const undo = {
    doing: 'undo',
    status: 'running',
    cursors: fromTheStart(),
    tally: NO_TALLY,
    applied: job.tally,
  } as const;
  return changed(context, job, can ? undo : undefined);
});

async function found(context: Context<Env>): Promise<Backfill> {
  const job = await readBackfill(context.req.param('id') ?? '');
  if (job === undefined) throw notFound({ zh: '这次回填', en: 'This backfill' });
  return job;
}

async function begun(context: Context<Env>, job: Backfill | undefined, dryRun: boolean) {
  if (job === undefined) throw await alreadyOne(dryRun);
  await goOn(job.id);
  return context.json(shown(job), 201);
}

async function changed(context: Context<Env>, job: Backfill, to: Partial<Backfill> | undefined) {
  if (to === undefined) throw notNow(job);
  let current = job;
  // Its worker notes how far it is several times a second: read again, unless it has come to something else.
  for (let attempt = 0; attempt < 20; attempt++) {
    const saved = await saveBackfill(current, to);
    if (saved !== undefined) {
      if (saved.status === 'running') await goOn(saved.id);
      return context.json(shown(saved));
    }
    const again = await found(context);
    if (again.status !== job.status || again.doing !== job.doing) throw notNow(again);
    if (again.rev === current.rev) throw await alreadyOne(job.dryRun);
    current = again;
  }
  throw notNow(current);
}

/** As people see it: counts of a sample as estimates of all. */
function shown(job: Backfill): BackfillShown {
  const { rev: _, cursors: __, tally, total, sample, ...rest } = job;
  const exact = sample === undefined;
  const all = Math.max(total, tally.seen);
  const of = (count: number) => estimate(count, tally.worked, all);
  const tags = Object.entries(tally.tags).map(([key, turnover]) => ({
    key,
    ...turnover,
    ...(exact ? {} : { estimates: { gained: of(turnover.gained), lost: of(turnover.lost) } }),
  }));
  return { ...rest, total: all, ...(exact ? {} : { sample }), exact, tally: { ...tally, tags } };
}

/** The version by which tags were last made up to date throughout: that of the last backfill, else the first. */
async function upToDate(): Promise<number> {
  const done = (await listBackfills(100)).filter(
    ({ dryRun, doing, status }) => !dryRun && doing === 'apply' && status === 'done',
  );
  const { version: current } = (await currentRules()).ruleset;
  return Math.min(current, Math.max(1, ...done.map(({ version }) => version)));
}

const by = (context: Context<Env>): string => context.get('person').id;

const STATUS: Readonly<Record<Backfill['status'], Words>> = {
  running: { zh: '进行中', en: 'running' },
  paused: { zh: '已暂停', en: 'paused' },
  done: { zh: '已完成', en: 'done' },
  undone: { zh: '已撤销', en: 'undone' },
  failed: { zh: '已停止', en: 'stopped' },
};

const notNow = ({ status }: Backfill): ApiError =>
  new ApiError(409, {
    code: 'backfill-status',
    message: {
      zh: `这次回填${STATUS[status].zh}，现在不能这样做。`,
      en: `This backfill is ${STATUS[status].en}; that cannot be done now.`,
    },
    next: { zh: '刷新后再看它的状态。', en: 'Look at its state again.' },
    at: 'status',
  });

/** Another one is in the way, and which: it may have ended by the time that it is looked for. */
async function alreadyOne(dryRun: boolean): Promise<ApiError> {
  const other = await activeBackfill(dryRun);
  const place = other === undefined ? {} : { at: `/api/backfills/${other.id}` };
  return new ApiError(
    409,
    {
      code: 'backfill-active',
      ...(dryRun ? DRY_RUN_ACTIVE : BACKFILL_ACTIVE),
      ...place,
    },
    other === undefined ? {} : { current: shown(other) },
  );
}

const DRY_RUN_ACTIVE = {
  message: { zh: '已有一次试算没有结束。', en: 'Another dry run has not ended.' },
  next: { zh: '等它完成；如果它已暂停，先继续它。', en: 'Wait for it to end; if it is paused, go on with it.' },
};
const BACKFILL_ACTIVE = {
  message: { zh: '已有一次回填没有结束。', en: 'Another backfill has not ended.' },
  next: {
    zh: '等它完成；如果它已暂停，先继续或撤销它。',
    en: 'Wait for it to end; if it is paused, go on with it or undo it.',
  },
};

const notInForce = (version: number): ApiError =>
  new ApiError(409, {
    code: 'backfill-not-in-force',
    message: { zh: `现行规则是第 ${version} 版。`, en: `The rules in force are version ${version}.` },
    next: {
      zh: '只能按现行规则回填；要用旧版，先回滚。',
      en: 'Only those in force can be backfilled; roll back first.',
    },
    at: 'version',
  });
