import { Hono } from 'hono';
import { inbox as newest } from '../ports/messages/index.ts';
import { listRejected } from '../ports/profiles/index.ts';
import { pageSchema } from './page.ts';
import { readQuery } from './read.ts';
import type { Env } from './roles.ts';

export const inbox = new Hono<Env>();

inbox.get('/api/inbox', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  return context.json(await newest(cursor, limit));
});

inbox.get('/api/rejected-events', async (context) => {
  const { cursor, limit } = readQuery(context, pageSchema);
  const page = await listRejected(cursor, limit);
  return context.json({ items: page.items.map(({ envelope: _, ...event }) => event), cursor: page.cursor });
});
