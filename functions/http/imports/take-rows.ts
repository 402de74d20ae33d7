import type { Context } from 'hono';
import { z } from 'zod';
import {
  busEventOf,
  emptyTally,
  type ImportJob,
  type ImportPlan,
  messagesOf,
  outcomesOf,
  type RefusedRows,
  tallyOutcome,
} from '../../../shared/imports/index.ts';
import { putEvents } from '../../ports/bus/index.ts';
import { addChunk, addRefused, chunkAt } from '../../ports/imports/index.ts';
import { readBody } from '../read.ts';
import type { Env } from '../roles.ts';
import { notRunning, otherChunk } from './problems.ts';

const row = z.object({ line: z.int().positive(), cells: z.array(z.string()).max(500) });
export const rowsSchema = z.array(row).max(20_000);

const text = z.string().max(5000);
const words = z.object({ zh: text, en: text });
const problem = z.object({
  line: z.int().nonnegative(),
  code: z.string().max(100),
  field: z.string().max(200).optional(),
  message: words,
  next: words,
});

/** Lines `from` to `to` of the file, all of them: those to take in, those found wrong where it was read, and repetitions. */
const chunkSchema = z
  .object({
    from: z.int().positive(),
    to: z.int().positive(),
    rows: rowsSchema,
    refused: z
      .array(z.object({ rows: z.array(row.extend({ line: z.int().nonnegative() })), problems: z.array(problem) }))
      .max(20_000)
      .default([]),
    /** Rows that say what others of the file said before. */
    repeated: z.int().nonnegative().default(0),
  })
  .refine(({ from, to }) => from <= to);

/**
 * Takes a chunk in: its refused rows are kept, its messages are put on the bus, and then it is noted as done. Cut off
 * anywhere and sent again, it does the same under the same ids; one that was noted does nothing.
 */
export async function takeRows(context: Context<Env>, job: ImportJob, plan: ImportPlan) {
  const chunk = await readBody(context, chunkSchema);
  const { from, to } = chunk;
  const before = await chunkAt(job.id, from);
  if (before !== undefined && before.to !== to) throw otherChunk(before);
  if (before !== undefined) return before;
  if (job.status !== 'running') throw notRunning(job);

  const outcomes = outcomesOf(plan, chunk.rows);
  const cells = new Map(chunk.rows.map((one) => [one.line, one.cells]));
  const wrong = outcomes.flatMap((outcome): RefusedRows[] =>
    'problems' in outcome
      ? [{ rows: outcome.lines.map((line) => ({ line, cells: cells.get(line) ?? [] })), problems: outcome.problems }]
      : [],
  );
  const refused = chunk.refused as readonly RefusedRows[];
  const tally = emptyTally();
  for (const outcome of outcomes) tallyOutcome(tally, outcome);
  for (const { rows, problems } of refused) tallyOutcome(tally, { lines: rows.map(({ line }) => line), problems });
  tally.rows += chunk.repeated;
  tally.repeated += chunk.repeated;
  await addRefused(job.id, from, [...refused, ...wrong]);
  await putEvents(messagesOf(outcomes).map(busEventOf));
  await addChunk(job.id, { from, to }, tally);
  return { from, to, tally };
}
