import { Hono } from 'hono';
import { z } from 'zod';
import { compareAudiences, type Passage, type Trait } from '../../shared/reports/index.ts';
import { type Enrolment, enrolmentsIn } from '../ports/enrolments/index.ts';
import { journeyEntry } from '../ports/journeys/index.ts';
import { notFound, THIS_JOURNEY } from './errors.ts';
import { readQuery } from './read.ts';
import type { Env } from './roles.ts';

export const comparison = new Hono<Env>();

/** Passages looked at: the newest ones, some ten calls. */
const MOST = 10_000;
const PAGE = 1000;

const querySchema = z.object({
  /** `tag:老客,segment:regulars`: what is stacked. */
  of: z
    .string()
    .max(2000)
    .default('')
    .transform((text) => text.split(',').flatMap((one) => (/^(tag|segment):./.test(one) ? [one as Trait] : []))),
  version: z.coerce.number().int().positive().optional(),
});

/** Who entered and who reached a goal, by the tags and segments that she had at entry: the stack beside its parts. */
comparison.get('/api/journeys/:id/comparison', async (context) => {
  const id = context.req.param('id');
  const { of, version } = readQuery(context, querySchema);
  if ((await journeyEntry(id)) === undefined) throw notFound(THIS_JOURNEY);
  const { passages, complete, since } = await passagesOf(id, version);
  return context.json({ ...compareAudiences(passages, of), complete, since });
});

/** The newest passages of which it is known what she had; those from before that was kept are left out. */
async function passagesOf(journey: string, version: number | undefined) {
  const passages: Passage[] = [];
  let cursor: string | undefined;
  let since: string | undefined;
  let seen = 0;
  do {
    const page = await enrolmentsIn(journey, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const one of page.items) {
      if (one.had === undefined || (version !== undefined && one.version !== version)) continue;
      passages.push(asPassage(one as Enrolment & { had: Passage['had'] }));
      since = one.enteredAt;
    }
    seen += page.items.length;
    cursor = page.cursor;
  } while (cursor !== undefined && seen < MOST);
  return { passages, complete: cursor === undefined, ...(since !== undefined && { since }) };
}

const asPassage = ({ status, had }: Enrolment & { had: Passage['had'] }): Passage => ({
  reachedGoal: status === 'goal',
  had,
});
