import { Hono } from 'hono';
import { z } from 'zod';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import { outwardSchema, TO_WECOM } from '../../shared/events/index.ts';
import { putEvents } from '../ports/bus/index.ts';
import { now } from '../ports/clock/index.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { listMembers } from '../ports/tags/index.ts';
import { readOutward, saveOutward } from '../ports/wecom/index.ts';
import { conflict, invalid } from './errors.ts';
import { readBody } from './read.ts';
import { allow, type Env } from './roles.ts';

/** Which of our tags WeCom has, too (S31). */
export const weComTags = new Hono<Env>();

weComTags.get('/api/wecom/tags', async (context) => context.json(await readOutward()));

weComTags.put('/api/wecom/tags', allow('publisher'), async (context) => {
  const { outward, revision } = await readBody(context, z.object({ outward: outwardSchema, revision: z.int().min(0) }));
  const { ruleset } = await currentRules();
  const unknown = outward.flatMap(({ tag }, i): Diagnostic[] =>
    ruleset.tags.some(({ key }) => key === tag)
      ? []
      : [
          {
            code: 'tag-unknown',
            severity: 'error',
            field: `outward.${i}.tag`,
            message: { zh: `没有标签「${tag}」。`, en: `There is no tag “${tag}”.` },
            next: { zh: '选一个已有的标签，或去掉这一行。', en: 'Choose one that there is, or take the row out.' },
          },
        ],
  );
  if (unknown.length > 0) throw invalid(unknown);
  if (!(await saveOutward(outward, revision))) throw conflict(await readOutward());
  await everybodyKnows();
  return context.json(await readOutward());
});

/** Who has the tag already: so many a call, until there is no cursor any more. Marking what is marked makes no call. */
weComTags.post('/api/wecom/tags/sync', allow('publisher'), async (context) => {
  const { tag, cursor } = await readBody(context, z.object({ tag: z.string().min(1), cursor: z.string().optional() }));
  const { families } = await currentRules();
  const page = await listMembers(tag, families, cursor, SYNC);
  const at = now();
  await putEvents(
    [...new Set(page.items)].map((customer) => ({
      source: 'pergola',
      detailType: 'wecom.mark',
      time: at,
      detail: { schema: 1, id: `wecom/${customer}/${tag}/${at}`, at, customer, tag, ...TO_WECOM },
    })),
  );
  return context.json({ asked: page.items.length, cursor: page.cursor });
});

const SYNC = 500;
