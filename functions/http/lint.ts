import { Hono } from 'hono';
import { lint as findingsOf } from '../../shared/lint/index.ts';
import { lintInput } from './lint-input.ts';
import type { Env } from './roles.ts';

export const lint = new Hono<Env>();

lint.get('/api/lint', async (context) => context.json({ items: findingsOf(await lintInput()) }));
