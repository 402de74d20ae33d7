import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { BOM } from '../../../shared/csv/index.ts';
import {
  errorHeading,
  errorLines,
  type ImportJob,
  type ImportPlan,
  importRequestSchema,
  outcomesOf,
  planOf,
  requestProblems,
  tagKeys,
} from '../../../shared/imports/index.ts';
import {
  createImport,
  doneLines,
  listImports,
  readImport,
  refusedRows,
  saveStatus,
} from '../../ports/imports/index.ts';
import { currentRules } from '../../ports/ruleset/index.ts';
import { invalid, notFound } from '../errors.ts';
import { readBody, readQuery } from '../read.ts';
import { allow, type Env, mayAs } from '../roles.ts';
import { compareWithKept } from './compare.ts';
import { notEverything, notPublisher, notRunning } from './problems.ts';
import { rowsSchema, takeRows } from './take-rows.ts';

/**
 * Files that the Console reads: it parses them where they are and brings their rows chunk by chunk, so that nothing of a
 * file is stored but what becomes of its rows. Who does the same by a script finds it in docs/import.md.
 */
export const imports = new Hono<Env>();

const jobSchema = z.object({
  file: z.object({
    name: z.string().min(1).max(300),
    size: z.int().nonnegative(),
    fingerprint: z.string().min(1).max(100),
    format: z.object({ zh: z.string().max(300), en: z.string().max(300) }),
    sheet: z.string().max(300).optional(),
    rows: z.int().nonnegative().optional(),
  }),
  request: importRequestSchema,
});

imports.get('/api/imports', async (context) => context.json({ items: await listImports(100) }));

imports.post('/api/imports', allow('marketer'), async (context) => {
  const { file, request } = await readBody(context, jobSchema);
  const problems = requestProblems(request);
  if (problems.length > 0) throw invalid(problems);
  if (request.startJourneys && !mayAs('publisher', context.get('person'))) throw notPublisher();
  return context.json({ ...(await createImport(file, request, context.get('person').id)), done: [] }, 201);
});

imports.post('/api/imports/compare', allow('marketer'), async (context) => {
  const { request, rows } = await readBody(context, z.object({ request: importRequestSchema, rows: rowsSchema }));
  const problems = requestProblems(request);
  if (problems.length > 0) throw invalid(problems);
  return context.json(await compareWithKept(outcomesOf(await planFor(request), rows)));
});

imports.get('/api/imports/:id', async (context) => context.json(await withDone(await found(context))));

imports.post('/api/imports/:id/rows', allow('marketer'), async (context) => {
  const job = await found(context);
  if (job.request.startJourneys && !mayAs('publisher', context.get('person'))) throw notPublisher();
  return context.json(await takeRows(context, job, await planFor(job.request)));
});

imports.post('/api/imports/:id/pause', allow('marketer'), (context) => changed(context, 'running', 'paused'));
imports.post('/api/imports/:id/resume', allow('marketer'), (context) => changed(context, 'paused', 'running'));

imports.post('/api/imports/:id/finish', allow('marketer'), async (context) => {
  const job = await found(context);
  const { lines } = await readBody(context, z.object({ lines: z.int().positive() }));
  if (job.status === 'done') return context.json(await withDone(job));
  const { ranges, tally } = await doneLines(job.id);
  const [first, ...more] = ranges;
  if (more.length > 0 || (first !== undefined && (first.from !== 1 || first.to < lines))) throw notEverything(ranges);
  if (first === undefined && lines > 1) throw notEverything(ranges);
  return context.json({ ...(await saveStatus(job, 'done', tally)), done: ranges });
});

/** The rows that were refused, as a file that can be mended and imported; pages as of any export. */
imports.get('/api/imports/:id/errors', allow('marketer'), async (context) => {
  const { id, request } = await found(context);
  const { cursor } = readQuery(
    context,
    z.object({
      cursor: z
        .string()
        .regex(/^\d{9}#\d{4}$/)
        .optional(),
    }),
  );
  const { headings, fields } = request;
  const page = await refusedRows(id, cursor);
  const columnOf = (field: string) => headings[fields[field] ?? -1];
  const head = cursor === undefined ? BOM + errorHeading(headings) : '';
  // As text the adapter would decode it, and the mark would be gone.
  context.header('content-type', 'application/csv; charset=utf-8');
  context.header('content-disposition', 'attachment; filename="errors.csv"');
  if (page.cursor !== undefined) context.header('x-next-cursor', page.cursor);
  return context.body(head + page.items.flatMap((one) => errorLines(one, columnOf)).join(''));
});

async function changed(context: Context<Env>, from: ImportJob['status'], to: ImportJob['status']) {
  const job = await found(context);
  if (job.status !== from && job.status !== to) throw notRunning(job);
  const { ranges, tally } = await doneLines(job.id);
  return context.json({ ...(await saveStatus(job, to, tally)), done: ranges });
}

async function withDone(job: ImportJob) {
  const { ranges, tally } = await doneLines(job.id);
  // When the record of its parts has gone, what was noted at the end remains.
  return { ...job, tally: job.status === 'done' ? job.tally : tally, done: ranges };
}

async function planFor(request: ImportJob['request']): Promise<ImportPlan> {
  const { ruleset } = await currentRules();
  return planOf(request, tagKeys(ruleset.tags));
}

async function found(context: Context<Env>): Promise<ImportJob> {
  const job = await readImport(context.req.param('id') ?? '');
  if (job === undefined) throw notFound({ zh: '这次导入', en: 'This import' });
  return job;
}
