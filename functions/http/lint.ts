import { Hono } from 'hono';
import { z } from 'zod';
import { lint as findingsOf } from '../../shared/lint/index.ts';
import { parseRuleset } from '../../shared/tags/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { invalid } from './errors.ts';
import { lintInput } from './lint-input.ts';
import { readBody } from './read.ts';
import type { Env } from './roles.ts';
import { usageOf } from './usage.ts';

export const lint = new Hono<Env>();

lint.get('/api/lint', async (context) => {
  const input = await lintInput();
  return context.json({ items: findingsOf({ ...input, usage: await usageOf(input.ruleset) }) });
});

/** What lints would say with these rules instead of those in force; nothing is stored. */
lint.post('/api/lint', async (context) => {
  const { ruleset: wanted } = await readBody(context, z.object({ ruleset: z.looseObject({}) }));
  const { ruleset: current } = await currentRules();
  const parsed = parseRuleset({ ...wanted, version: current.version + 1 });
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  return context.json({ items: findingsOf({ ...(await lintInput()), ruleset: parsed.ruleset }) });
});
