import { Hono } from 'hono';
import { z } from 'zod';
import {
  namesIn,
  type Ruleset,
  removeTag,
  ruleSentence,
  type TagDefinition,
  tagName,
} from '../../shared/tags/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { countMembers } from '../ports/tags/index.ts';
import { refreshThresholds } from '../ports/thresholds/index.ts';
import { notFound } from './errors.ts';
import { readBody } from './read.ts';
import { allow, type Env } from './roles.ts';
import { storeRules } from './store-rules.ts';
import { lastChange, tagAt, usesOf } from './uses.ts';

/** Ten thousand customers: some seconds, well inside the timeout. */
const PAGES_A_CALL = 20;

export const tags = new Hono<Env>();

tags.get('/api/ruleset', async (context) => context.json((await currentRules()).ruleset));

tags.put('/api/ruleset', allow('publisher'), async (context) => {
  const { ruleset, baseVersion } = await readBody(
    context,
    z.object({ ruleset: z.unknown(), baseVersion: z.int().min(0) }),
  );
  return context.json(await storeRules(ruleset, baseVersion, context.get('person').id));
});

tags.get('/api/tags', async (context) => {
  const { ruleset } = await currentRules();
  const counts = await Promise.all(ruleset.tags.map(({ key }) => countMembers(key)));
  const names = namesIn(ruleset);
  const items = ruleset.tags.map((tag, index) => ({ ...tag, rule: ruleSentence(tag, names), count: counts[index] }));
  return context.json({ version: ruleset.version, items, groups: ruleset.groups });
});

/** One tag with all there is to know of it: how many hold it, who uses it, and since when it is so. */
tags.get('/api/tags/:key', async (context) => {
  const { ruleset } = await currentRules();
  const tag = tagIn(ruleset, context.req.param('key'));
  const [count, uses, changed] = await Promise.all([
    countMembers(tag.key),
    usesOf({ tag: tag.key }),
    lastChange(tagAt(tag.key)),
  ]);
  const group = ruleset.groups.find(({ id }) => id === tag.group);
  return context.json({
    tag,
    rule: ruleSentence(tag, namesIn(ruleset)),
    count,
    uses,
    ...(group && { group: { ...group, levels: group.levels.map((key) => named(ruleset, key)) } }),
    ...(changed && { changed }),
  });
});

tags.put('/api/tags/:key', allow('publisher'), async (context) => {
  // What the list adds to a definition may come back with it.
  const { rule: _, count: _c, ...body } = await readBody(context, z.looseObject({}));
  const definition = body as unknown as TagDefinition;
  const { ruleset } = await currentRules();
  const key = context.req.param('key');
  const mine = { ...definition, key };
  const by = context.get('person').id;
  const there = ruleset.tags.some((tag) => tag.key === key);
  const all = there ? ruleset.tags.map((tag) => (tag.key === key ? mine : tag)) : [...ruleset.tags, mine];
  return context.json(await storeRules({ ...ruleset, tags: all }, ruleset.version, by));
});

tags.delete('/api/tags/:key', allow('publisher'), async (context) => {
  const { ruleset } = await currentRules();
  const { key } = tagIn(ruleset, context.req.param('key'));
  return context.json(await storeRules(removeTag(ruleset, key), ruleset.version, context.get('person').id));
});

export function tagIn(ruleset: Ruleset, key: string): TagDefinition {
  const found = ruleset.tags.find((tag) => tag.key === key);
  if (found === undefined) throw notFound({ zh: '这个标签', en: 'This tag' });
  return found;
}

const named = (ruleset: Ruleset, key: string) => ({
  key,
  name: tagName(key, ruleset),
});

/** Goes on with the pass over all customers that finds the thresholds of rules that compare them; ask again until done. */
tags.post('/api/thresholds/refresh', allow('publisher'), async (context) => {
  let pages = 0;
  return context.json(await refreshThresholds(() => ++pages < PAGES_A_CALL));
});
