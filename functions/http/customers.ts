import { Hono } from 'hono';
import { z } from 'zod';
import { JOIN_RULES } from '../../shared/events/index.ts';
import { maskTraits } from '../../shared/personal/index.ts';
import { now } from '../ports/clock/index.ts';
import { personOf } from '../ports/enrolments/index.ts';
import { messagesOf, sentLogOf } from '../ports/messages/index.ts';
import { advanceCustomer, identityOf, type Loaded, loadState, recentHistory } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { listMembers } from '../ports/tags/index.ts';
import { isCalled, known, listed, searchCustomers } from './customer-search.ts';
import { invalid, notFound } from './errors.ts';
import { maskWritten } from './mask-written.ts';
import { pageSchema } from './page.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env, seesPersonal } from './roles.ts';
import { segmentsHeld } from './segments/held.ts';
import { problemsByHand } from './tags-by-hand.ts';
import { tagsHeld } from './tags-held.ts';
import { timeline } from './timeline.ts';
import { hintsFor } from './under-touched.ts';

export const customers = new Hono<Env>();

/** So many of her events are looked through for what confirms her tags. */
const NEWEST = 200;

customers.get('/api/customers', async (context) => {
  const { q, tag, cursor, limit } = readQuery(
    context,
    pageSchema.extend({ q: z.string().optional(), tag: z.string().optional() }),
  );
  const personal = seesPersonal(context.get('person'));
  if (tag === undefined || tag === '') return context.json(await searchCustomers(q ?? '', cursor, limit, personal));
  const { families } = await currentRules();
  const page = await listMembers(tag, families, cursor, limit);
  const holds = ({ state }: Loaded) => Object.keys(state.tags).some((key) => key === tag || key.startsWith(`${tag}:`));
  const items = (await known(page.items)).filter((one) => holds(one) && isCalled(one, q ?? ''));
  return context.json({ items: items.map(listed(personal)), cursor: page.cursor });
});

customers.get('/api/customers/:id', async (context) => {
  const loaded = await customerOf(context.req.param('id'));
  const { customer, state } = loaded;
  const { id, traits, stage, firstSeenAt, lastSeenAt, dueAt, tags, segments } = state;
  const [rules, { merged, apart }, { events }, { sent }] = await Promise.all([
    currentRules(),
    identityOf(customer),
    recentHistory(customer, undefined, NEWEST),
    sentLogOf(loaded),
  ]);
  const explained = [...merged, ...apart].map((one) => ({ ...one, why: JOIN_RULES[one.rule] }));
  return context.json({
    id,
    traits: seesPersonal(context.get('person')) ? traits : maskTraits(traits),
    stage,
    tags: tagsHeld(tags, rules.compiled, events),
    segments: segmentsHeld(segments, rules.ruleset),
    firstSeenAt,
    lastSeenAt,
    dueAt,
    underTouched: hintsFor(loaded, sent, rules.ruleset),
    identity: { merged: explained.slice(0, merged.length), apart: explained.slice(merged.length) },
  });
});

customers.get('/api/customers/:id/timeline', async (context) => {
  // The instant of the last item.
  const { cursor, limit } = readQuery(context, pageSchema.extend({ cursor: z.iso.datetime().optional() }));
  const personal = seesPersonal(context.get('person'));
  return context.json(await timeline(context.req.param('id'), cursor, limit, personal));
});

customers.get('/api/customers/:id/messages', async (context) => {
  const { customer, state } = await loadState(context.req.param('id'));
  const { ids } = await personOf(customer);
  const items = await messagesOf([customer, ...ids]);
  const personal = seesPersonal(context.get('person'));
  return context.json({ items: personal ? items : items.map((one) => maskWritten(one, state.traits)) });
});

customers.post('/api/customers/:id/tags', allow('marketer'), async (context) => {
  const keys = z.array(z.string().min(1).max(200)).max(20).default([]);
  const { add, remove } = await readBody(context, z.object({ add: keys, remove: keys }));
  const loaded = await customerOf(context.req.param('id'));
  const cause = context.get('person').id;
  const input = (op: 'add' | 'remove') => (key: string) => ({
    type: 'tag' as const,
    op,
    key,
    cause,
    by: 'manual' as const,
  });
  const rules = await currentRules();
  const problems = problemsByHand({ add, remove }, loaded.state.tags, rules.ruleset);
  if (problems.length > 0) throw invalid(problems);
  const inputs = [...add.map(input('add')), ...remove.map(input('remove'))];
  const { changes } = await advanceCustomer(loaded.customer, { inputs }, rules, now(), loaded);
  return context.json({ changes });
});

async function customerOf(id: string): Promise<Loaded> {
  const loaded = await loadState(id);
  if (loaded.version === 0) throw notFound({ zh: '这位客户', en: 'This customer' });
  return loaded;
}
