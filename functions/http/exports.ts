import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { BOM, csvLine } from '../../shared/csv/index.ts';
import type { Loaded } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { listSegmentMembers } from '../ports/segments/index.ts';
import { listCustomers, listMembers } from '../ports/tags/index.ts';
import { known } from './customer-search.ts';
import { readQuery } from './read.ts';
import { allow, type Env } from './roles.ts';
import { segmentIn } from './segments/index.ts';

export const exports_ = new Hono<Env>();

/** Customers looked at by one request; a page may have fewer rows, or none, and still a cursor. */
const querySchema = z.object({
  cursor: z.string().min(1).max(4000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  /** Traits besides the usual ones, by name. */
  traits: z
    .string()
    .max(2000)
    .default('')
    .transform((text) => text.split(',').flatMap((name) => name.trim() || [])),
});

exports_.get('/api/exports/customers', allow('marketer'), async (context) => {
  const query = readQuery(context, querySchema.extend({ tag: z.string().min(1).optional() }));
  const { tag, cursor, limit } = query;
  if (tag === undefined) {
    const page = await listCustomers('', cursor, limit);
    return answer(context, query, await known(page.items), page.cursor);
  }
  const { families } = await currentRules();
  const page = await listMembers(tag, families, cursor, limit);
  const holds = ({ state }: Loaded) => Object.keys(state.tags).some((key) => key === tag || key.startsWith(`${tag}:`));
  return answer(context, query, (await known(page.items)).filter(holds), page.cursor);
});

exports_.get('/api/segments/:id/export', allow('marketer'), async (context) => {
  const query = readQuery(context, querySchema);
  const { ruleset } = await currentRules();
  const { id } = segmentIn(ruleset, context.req.param('id'));
  const page = await listSegmentMembers(id, query.cursor, query.limit);
  const inside = (await known(page.items)).filter(({ state }) => id in state.segments);
  return answer(context, query, inside, page.cursor);
});

const TRAITS = ['name', 'nickname', 'remark', 'phone', 'email', 'gender', 'birthday', 'province', 'city'];
const HEADINGS = ['id', ...TRAITS, 'stage', 'tags', 'first seen', 'last seen'];

/** CSV that spreadsheets open safely; the first page has the mark and the headings, `x-next-cursor` leads to the next. */
function answer(
  context: Context,
  { cursor, traits }: { cursor?: string | undefined; traits: readonly string[] },
  customers: readonly Loaded[],
  next: string | undefined,
): Response {
  const head = cursor === undefined ? BOM + csvLine([...HEADINGS, ...traits]) : '';
  const rows = customers.map(({ state }) => {
    const { id, stage = '', tags, firstSeenAt = '', lastSeenAt = '' } = state;
    const trait = (name: string) => text(state.traits[name]);
    return csvLine([
      id,
      ...TRAITS.map(trait),
      stage,
      Object.keys(tags).join('、'),
      firstSeenAt,
      lastSeenAt,
      ...traits.map(trait),
    ]);
  });
  // As text the adapter would decode it, and the mark would be gone.
  context.header('content-type', 'application/csv; charset=utf-8');
  context.header('content-disposition', 'attachment; filename="customers.csv"');
  if (next !== undefined) context.header('x-next-cursor', next);
  return context.body(head + rows.join(''));
}

const text = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : Array.isArray(value)
      ? value.map(String).join('、')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
