import { Hono } from 'hono';
import { z } from 'zod';
import { pack } from '../../shared/packs/index.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import { notFound } from './errors.ts';
import { install } from './packs/install.ts';
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

publishing.post('/api/packs/:id/install', async (context) => {
  const found = pack(context.req.param('id'));
  if (found === undefined) throw notFound({ zh: '这个模板包', en: 'This pack' });
  const installed = await install(found, context.get('person').id);
  await everybodyKnows();
  return context.json(installed);
});
