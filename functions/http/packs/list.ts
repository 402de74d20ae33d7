import { Hono } from 'hono';
import { z } from 'zod';
import { PACK_LANGUAGE, PACKS, pack } from '../../../shared/packs/index.ts';
import { everybodyKnows } from '../../ports/fresh.ts';
import { installedPack } from '../../ports/ruleset/index.ts';
import { notFound } from '../errors.ts';
import { readBody } from '../read.ts';
import { allow, type Env } from '../roles.ts';
import { uninstall } from './uninstall.ts';

export const packs = new Hono<Env>();

/** What people have changed stays unless told otherwise: `{ "changed": "remove" }`. */
packs.post('/api/packs/:id/uninstall', allow('publisher'), async (context) => {
  const found = pack(context.req.param('id'));
  if (found === undefined) throw notFound({ zh: '这个模板包', en: 'This pack' });
  const { changed } = await readBody(context, z.object({ changed: z.enum(['keep', 'remove']).default('keep') }));
  const answer = await uninstall(found, changed, context.get('person').id);
  await everybodyKnows();
  return context.json(answer);
});

packs.get('/api/packs', async (context) => {
  const items = await Promise.all(
    PACKS.map(async ({ id, name, description, version, rules, journeys }) => {
      const { installedAt, version: installedVersion, language = PACK_LANGUAGE } = await installedPack(id);
      const named = journeys.zh.map((zh, place) => ({
        id: zh.id,
        name: { zh: zh.name, en: journeys.en[place]!.name },
      }));
      const holds = { tags: rules.tags.length, segments: rules.segments?.length ?? 0, journeys: named };
      const installed = installedAt !== undefined;
      const update = installedVersion !== undefined && installedVersion < version;
      const how = installed ? { installedAt, installedVersion, language } : {};
      return { id, name, description, version, ...holds, installed, ...how, update };
    }),
  );
  return context.json({ items });
});
