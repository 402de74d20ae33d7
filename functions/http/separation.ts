import { Hono } from 'hono';
import { z } from 'zod';
import { maskTraits } from '../../shared/personal/index.ts';
import { tagName } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';
import { now } from '../ports/clock/index.ts';
import { journeyEntry } from '../ports/journeys/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { type Preview, previewSeparation, type Refused, separate } from '../separation/index.ts';
import { ApiError } from './errors.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env, seesPersonal } from './roles.ts';

/** An id that was joined to a customer by mistake becomes a customer of its own again. */
export const separation = new Hono<Env>();

/** A new id has at most 400 bytes, as any other. */
const wanted = z.object({ of: z.string().min(1).max(256), as: z.string().trim().min(1).max(130) });

separation.get('/api/customers/:id/separation', async (context) => {
  const { of, as } = readQuery(context, wanted);
  const rules = await currentRules();
  const found = await previewSeparation({ customer: context.req.param('id'), id: of, to: as }, rules, now());
  if (typeof found === 'string') throw refused(found, of, as);
  const named = (keys: readonly string[]) => keys.map((key) => ({ key, name: tagName(key, rules.ruleset) }));
  const personal = seesPersonal(context.get('person'));
  const side = ({ events, tags, traits }: Preview['theirs']) => ({
    events,
    tags: named(tags),
    traits: personal ? traits : maskTraits(traits),
  });
  const { hers, theirs, ids } = found;
  return context.json({
    ids,
    as,
    theirs: side(theirs),
    hers: {
      ...side(hers),
      gained: named(hers.gained),
      lost: named(hers.lost),
      leaves: await journeyNames(hers.leaves),
    },
  });
});

const journeyNames = (ids: readonly string[]) =>
  Promise.all([...new Set(ids)].map(async (id) => ({ id, name: (await journeyEntry(id))?.name ?? id })));

separation.post('/api/customers/:id/separation', allow('marketer'), async (context) => {
  const { of, as } = await readBody(context, wanted);
  const who = { customer: context.req.param('id'), id: of, to: as };
  const done = await separate(who, context.get('person').id, await currentRules(), now());
  if (done !== 'done') throw refused(done, of, as);
  return context.json({ customer: as });
});

const SAID: Readonly<Record<Refused, (of: string, as: string) => { message: Words; next: Words; field: string }>> = {
  'not-joined': (of) => ({
    field: 'of',
    message: { zh: `「${of}」没有并入这位客户。`, en: `“${of}” was not joined to this customer.` },
    next: { zh: '在客户页的「身份」里看有哪些编号。', en: 'See under Identity on her page which ids were.' },
  }),
  'too-old': (of) => ({
    field: 'of',
    message: {
      zh: '她的事件已不全（只保留 400 天），分不清哪些是谁的。',
      en: 'Not all of her events are kept any more (400 days): what is whose cannot be told.',
    },
    next: {
      zh: `给「${of}」的人一个新编号，从您自己的记录导入历史。`,
      en: `Give the person behind “${of}” a new id, and import her history from your own records.`,
    },
  }),
  nothing: (of) => ({
    field: 'of',
    message: { zh: `「${of}」名下没有留存任何事件。`, en: `Nothing is kept that came under “${of}”.` },
    next: { zh: '没有可分开的；让应用改用新编号即可。', en: 'There is nothing to separate; let the app use a new id.' },
  }),
  taken: (_, as) => ({
    field: 'as',
    message: { zh: `「${as}」已经是一位客户了。`, en: `“${as}” is a customer already.` },
    next: { zh: '换一个还没有人用的编号。', en: 'Choose an id that nobody has.' },
  }),
};

function refused(why: Refused, of: string, as: string): ApiError {
  const { message, next, field } = SAID[why](of, as);
  return new ApiError(409, { code: `separation-${why}`, message, next, at: field });
}
