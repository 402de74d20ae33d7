import { Hono } from 'hono';
import { z } from 'zod';
import { everybodyKnows } from '../ports/fresh.ts';
import { publishJourney } from './publish-journey.ts';
import { readBody } from './read.ts';
import type { Env } from './roles.ts';

export const publishing = new Hono<Env>();

publishing.post('/api/journeys/:id/publish', async (context) => {
  const { revision } = await readBody(context, z.object({ revision: z.int().positive() }));
  const published = await publishJourney(context.req.param('id'), revision);
  await everybodyKnows();
  return context.json(published);
});
