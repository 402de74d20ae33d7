import { Hono } from 'hono';
import { z } from 'zod';
import { diffRulesets, parseRuleset, rebaseRuleset, tooLargeRuleset } from '../../shared/tags/index.ts';
import { everybodyKnows } from '../ports/fresh.ts';
import { deleteRulesetDraft, draftGone, readRulesetDraft, saveRulesetDraft } from '../ports/ruleset/draft.ts';
import { currentRules, listVersions, putRuleset, rulesetOf } from '../ports/ruleset/index.ts';
import { ApiError, conflict, invalid, notFound } from './errors.ts';
import { lintChange } from './lint-change.ts';
import { lintInput } from './lint-input.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env } from './roles.ts';

/** The rules on their way: a draft, what it changes, publishing it; the versions there were, and back to one of them. */
export const rulesDraft = new Hono<Env>();

const note = z.string().max(500).optional();

rulesDraft.get('/api/ruleset/draft', async (context) => context.json({ draft: await draftNow() }));

rulesDraft.put('/api/ruleset/draft', allow('marketer'), async (context) => {
  const shape = z.object({ ruleset: z.looseObject({}), baseVersion: z.int().min(0), revision: z.int().min(0) });
  const wanted = await readBody(context, shape);
  const tooLarge = tooLargeRuleset(wanted.ruleset);
  if (tooLarge !== undefined) throw invalid([tooLarge]);
  if ((await rulesetOf(wanted.baseVersion)) === undefined) throw noVersion();
  const revision = await saveRulesetDraft({ ...wanted, author: context.get('person').id });
  if (revision === undefined) throw conflict(await draftNow());
  return context.json({ draft: await draftNow() });
});

rulesDraft.delete('/api/ruleset/draft', allow('marketer'), async (context) => {
  const { revision } = readQuery(context, z.object({ revision: z.coerce.number().int().positive() }));
  if (!(await deleteRulesetDraft(revision))) throw conflict(await draftNow());
  return context.json({});
});

rulesDraft.post('/api/ruleset/draft/publish', allow('publisher'), async (context) => {
  const wanted = await readBody(context, z.object({ revision: z.int().positive(), note }));
  const draft = await readRulesetDraft();
  if (draft === undefined) throw noDraft();
  if (draft.revision !== wanted.revision) throw conflict(await draftNow());
  const parsed = parseRuleset({ ...(draft.ruleset as object), version: draft.baseVersion + 1 });
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  const made = { author: context.get('person').id, ...(wanted.note ? { note: wanted.note } : {}) };
  const before = await lintInput();
  const warnings = lintChange(before, { ...before, ruleset: parsed.ruleset });
  const stored = await putRuleset(parsed.ruleset, draft.baseVersion, made, [draftGone(wanted.revision)]);
  if (!stored.ok) throw conflict((await currentRules()).ruleset);
  await everybodyKnows();
  return context.json({ version: stored.version, warnings });
});

/** Puts the draft onto the rules in force, when others were quicker. */
rulesDraft.post('/api/ruleset/draft/rebase', allow('marketer'), async (context) => {
  const { revision } = await readBody(context, z.object({ revision: z.int().positive() }));
  const [draft, { ruleset: current }] = await Promise.all([readRulesetDraft(), currentRules()]);
  if (draft === undefined) throw noDraft();
  if (draft.revision !== revision) throw conflict(await draftNow());
  const base = await versionOf(String(draft.baseVersion));
  const ruleset = rebaseRuleset(base, await parsedDraft(), current);
  const author = context.get('person').id;
  const saved = await saveRulesetDraft({ ruleset, baseVersion: current.version, revision, author });
  if (saved === undefined) throw conflict(await draftNow());
  return context.json({ draft: await draftNow() });
});

rulesDraft.get('/api/ruleset/versions', async (context) => {
  const [{ ruleset }, items] = await Promise.all([currentRules(), listVersions()]);
  return context.json({ current: ruleset.version, items });
});

rulesDraft.get('/api/ruleset/versions/:version', async (context) =>
  context.json(await versionOf(context.req.param('version'))),
);

rulesDraft.get('/api/ruleset/diff', async (context) => {
  const which = z.string().regex(/^(draft|current|\d{1,6})$/);
  const { from, to } = readQuery(context, z.object({ from: which.default('current'), to: which.default('draft') }));
  const [before, after] = await Promise.all([versionOf(from), versionOf(to)]);
  return context.json({ items: diffRulesets(before, after) });
});

rulesDraft.post('/api/ruleset/rollback', allow('publisher'), async (context) => {
  const shape = z.object({ to: z.int().positive(), baseVersion: z.int().positive(), note });
  const { to, baseVersion, note: said } = await readBody(context, shape);
  const ruleset = await versionOf(String(to));
  const before = await lintInput();
  const warnings = lintChange(before, { ...before, ruleset });
  const made = { author: context.get('person').id, of: to, ...(said ? { note: said } : {}) };
  const stored = await putRuleset(ruleset, baseVersion, made);
  if (!stored.ok) throw conflict((await currentRules()).ruleset);
  await everybodyKnows();
  return context.json({ version: stored.version, warnings });
});

/** The draft with what is to be said of it: what it changes, what is wrong with it, whether others were quicker. */
async function draftNow() {
  const [draft, { ruleset: current }] = await Promise.all([readRulesetDraft(), currentRules()]);
  if (draft === undefined) return null;
  const parsed = parseRuleset({ ...(draft.ruleset as object), version: draft.baseVersion + 1 });
  return {
    ...draft,
    stale: draft.baseVersion !== current.version,
    changes: parsed.ok ? diffRulesets(current, parsed.ruleset) : [],
    diagnostics: parsed.ok ? [] : parsed.diagnostics,
  };
}

async function versionOf(which: string) {
  if (which === 'current') return (await currentRules()).ruleset;
  if (which === 'draft') return parsedDraft();
  const ruleset = await rulesetOf(Number(which));
  if (ruleset === undefined) throw noVersion();
  return ruleset;
}

/** The draft as a ruleset of the next version, or the 4xx that says why it is none. */
export async function parsedDraft() {
  const draft = await readRulesetDraft();
  if (draft === undefined) throw noDraft();
  const parsed = parseRuleset({ ...(draft.ruleset as object), version: draft.baseVersion + 1 });
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  return parsed.ruleset;
}

const noDraft = () =>
  new ApiError(404, {
    code: 'no-draft',
    message: { zh: '现在没有规则草稿。', en: 'There is no draft of the rules.' },
    next: {
      zh: '先起草：在「标签」页新建或修改一个标签，或用 pergola rules draft 文件.json。',
      en: 'Begin one: make or change a tag on the page “Tags”, or keep a file as draft with “pergola rules draft FILE.json”.',
    },
  });
const noVersion = () => notFound({ zh: '这一版规则', en: 'This version of the rules' });
