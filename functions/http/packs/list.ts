import { Hono } from 'hono';
import { PACKS } from '../../../shared/packs/index.ts';
import { installedPack } from '../../ports/ruleset/index.ts';
import type { Env } from '../roles.ts';

export const packs = new Hono<Env>();

packs.get('/api/packs', async (context) => {
  const items = await Promise.all(
    PACKS.map(async ({ id, name, description, version, rules, journeys }) => {
      const { installedAt, version: installedVersion } = await installedPack(id);
      const named = journeys.map((journey) => ({ id: journey.id, name: journey.name }));
      const holds = { tags: rules.tags.length, segments: rules.segments?.length ?? 0, journeys: named };
      const installed = installedAt !== undefined;
      return { id, name, description, version, ...holds, installed, installedAt, installedVersion };
    }),
  );
  return context.json({ items });
});
