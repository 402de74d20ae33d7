import { measuresOf } from '../../../shared/profile/index.ts';
import {
  type Distribution,
  NO_DISTRIBUTION,
  valueAt,
  wantedIn,
  withThresholds,
  withValues,
} from '../../../shared/tags/index.ts';
import { now } from '../clock/index.ts';
import { everybodyKnows } from '../fresh.ts';
import { loadStates } from '../profiles/index.ts';
import { currentRules, putRuleset, type Rules } from '../ruleset/index.ts';
import { listCustomers } from '../tags/index.ts';
import { type Pass, readPass, writePass } from './pass.ts';

/** Customers a page: five calls, and one for the way it has come. */
const PAGE = 500;

export interface Refreshed {
  readonly done: boolean;
  /** Customers looked at so far. */
  readonly seen: number;
  /** Version of the ruleset with the new thresholds; absent when none moved. */
  readonly version?: number;
}

/**
 * Goes over all customers page by page, while `goOn()`, and counts the values by which rules compare them; at the end
 * the thresholds are put into the ruleset, as a new version when one has moved. A pass that was broken off goes on where
 * it was. Two at a time do no harm: one finds that the other was quicker, and goes on from there.
 */
export async function refreshThresholds(goOn: () => boolean): Promise<Refreshed> {
  const rules = await currentRules();
  const measures = rules.compiled.measures.map(({ id }) => id).sort();
  if (measures.length === 0) return { done: true, seen: 0 };
  for (;;) {
    const known = await readPass();
    const pass = known !== undefined && goesOn(known, measures) ? known : begun(known, measures);
    const next = pass.counted ? pass : await withPage(pass, rules);
    if (!(next === pass || (await writePass(next)))) continue;
    if (next.counted) {
      const put = await putThresholds(next);
      await writePass({ ...next, rev: next === pass ? pass.rev : pass.rev + 1, finishedAt: now() });
      return { done: true, seen: next.seen, ...put };
    }
    if (!goOn()) return { done: false, seen: next.seen };
  }
}

/** A pass that began under rules that compare by something else would count a part of the customers only. */
const goesOn = ({ finishedAt, measures: counted }: Pass, measures: readonly string[]): boolean =>
  finishedAt === undefined && counted.join() === measures.join();

const begun = (before: Pass | undefined, measures: readonly string[]): Pass => ({
  rev: before?.rev ?? 0,
  startedAt: now(),
  measures,
  seen: 0,
  distributions: {},
});

async function withPage({ cursor, ...pass }: Pass, { compiled }: Rules): Promise<Pass> {
  const page = await listCustomers('', cursor, PAGE);
  const states = await loadStates(page.items);
  const values = new Map<string, number[]>(pass.measures.map((id) => [id, []]));
  // Who had another id before is counted once, by the one that she has now.
  const own = [...states].filter(([id, { customer }]) => id === customer);
  for (const [, { state }] of own) {
    for (const [id, value] of measuresOf(state, compiled, pass.startedAt)) values.get(id)?.push(value);
  }
  const distributions: Record<string, Distribution> = {};
  for (const [id, list] of values) {
    distributions[id] = withValues(pass.distributions[id] ?? NO_DISTRIBUTION, list);
  }
  const seen = pass.seen + own.length;
  const far = page.cursor === undefined ? { counted: true as const } : { cursor: page.cursor };
  return { ...pass, seen, distributions, ...far };
}

/** Puts them in force in whatever ruleset is in force by now: rules that changed meanwhile find nothing of theirs. */
async function putThresholds({ startedAt, distributions }: Pass): Promise<{ version?: number }> {
  for (;;) {
    const { ruleset } = await currentRules();
    const next = withThresholds(ruleset, ({ measure, percent }) => {
      const distribution = distributions[measure];
      const threshold = distribution && valueAt(distribution, percent);
      if (distribution === undefined || threshold === undefined) return undefined;
      return { threshold, basis: { at: startedAt, customers: distribution.customers } };
    });
    if (next === ruleset) return {};
    const stored = await putRuleset(next, ruleset.version, { author: 'pergola', note: 'thresholds' });
    if (!stored.ok) continue;
    await everybodyKnows();
    return { version: stored.version };
  }
}

/** Is anything to be found out that is not known, or was found out more than `ageMs` ago? */
export async function thresholdsAreOld(ageMs: number): Promise<boolean> {
  const { ruleset } = await currentRules();
  const wanted = wantedIn(ruleset);
  if (wanted.length === 0) return false;
  const pass = await readPass();
  if (pass?.finishedAt === undefined) return true;
  return Date.parse(now()) - Date.parse(pass.finishedAt) >= ageMs;
}
