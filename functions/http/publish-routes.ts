import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { pack } from '../../shared/packs/index.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import { notFound } from './errors.ts';
import { install } from './packs/install.ts';
import { type Made, publishJourney, rollBackJourney } from './publish-journey.ts';
import { readBody } from './read.ts';
import type { Env } from './roles.ts';

export const publishing = new Hono<Env>();

const note = z.string().trim().max(500).optional();
const madeBy = (context: Context<Env>, said: string | undefined): Made => ({
  author: context.get('person').id,
  ...(said && { note: said }),
});

publishing.post('/api/journeys/:id/publish', async (context) => {
  const wanted = await readBody(context, z.object({ revision: z.int().positive(), note }));
  const published = await publishJourney(context.req.param('id'), wanted.revision, madeBy(context, wanted.note));
  await everybodyKnows();
  return context.json(published);
});

/** An earlier version goes live again, as a new one. */
publishing.post('/api/journeys/:id/rollback', async (context) => {
  const shape = z.object({ to: z.int().positive(), liveVersion: z.int().positive(), note });
  const wanted = await readBody(context, shape);
  const made = madeBy(context, wanted.note);
  const published = await rollBackJourney(context.req.param('id'), wanted.to, wanted.liveVersion, made);
  await everybodyKnows();
  return context.json(published);
});

publishing.post('/api/packs/:id/install', async (context) => {
  const found = pack(context.req.param('id'));
  if (found === undefined) throw notFound({ zh: '这个模板包', en: 'This pack' });
  const { language } = await readBody(context, z.object({ language: z.enum(['zh', 'en']).optional() }));
  const installed = await install(found, context.get('person').id, language);
  await everybodyKnows();
  return context.json(installed);
});
