import { Hono } from 'hono';
import { inbox as newest } from '../ports/messages/index.ts';
import { listRejected, loadStates } from '../ports/profiles/index.ts';
import { maskWritten } from './mask-written.ts';
import { pageSchema } from './page.ts';
import { readQuery } from './read.ts';
import { type Env, seesPersonal } from './roles.ts';
import { withNames } from './with-names.ts';

export const inbox = new Hono<Env>();

inbox.get('/api/inbox', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  const page = await newest(cursor, limit);
  const person = context.get('person');
  const states = await loadStates([...new Set(page.items.map(({ customer }) => customer))]);
  const traitsOf = (customer: string) => states.get(customer)?.state.traits ?? {};
  const shown = seesPersonal(person) ? page.items : page.items.map((one) => maskWritten(one, traitsOf(one.customer)));
  return context.json({ ...page, items: await withNames(shown, person, states) });
});

inbox.get('/api/rejected-events', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  const page = await listRejected(cursor, limit);
  return context.json({ items: page.items.map(({ envelope: _, ...event }) => event), cursor: page.cursor });
});
