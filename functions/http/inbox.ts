import { Hono } from 'hono';
import { inbox as newest } from '../ports/messages/index.ts';
import { listRejected, loadStates } from '../ports/profiles/index.ts';
import { maskWritten } from './mask-written.ts';
import { pageSchema } from './page.ts';
import { readQuery } from './read.ts';
import { type Env, seesPersonal } from './roles.ts';

export const inbox = new Hono<Env>();

inbox.get('/api/inbox', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  const page = await newest(cursor, limit);
  if (seesPersonal(context.get('person'))) return context.json(page);
  const states = await loadStates([...new Set(page.items.map(({ customer }) => customer))]);
  const traitsOf = (customer: string) => states.get(customer)?.state.traits ?? {};
  return context.json({ ...page, items: page.items.map((one) => maskWritten(one, traitsOf(one.customer))) });
});

inbox.get('/api/rejected-events', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  const page = await listRejected(cursor, limit);
  return context.json({ items: page.items.map(({ envelope: _, ...event }) => event), cursor: page.cursor });
});
