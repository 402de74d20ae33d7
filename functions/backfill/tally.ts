import type { Turnover } from '../../shared/tags/index.ts';
import { definitionOf } from '../../shared/tags/index.ts';
import type { Tally } from '../ports/backfills/index.ts';
import type { Context, Effect } from './context.ts';

/** Customers named of each tag and way; the counts are of all. */
const NAMED = 10;
/** Beyond so many tags none are named: the job is one row. */
const TAGS_NAMED = 300;
const NOBODY: Turnover = { gained: 0, lost: 0, gainedIds: [], lostIds: [] };

export interface Worked {
  readonly customer: string;
  /** Undefined where she could not be worked. */
  readonly effect: Effect | undefined;
}

/** With one batch more: `passed` customers walked past, of whom these were worked. */
export function withBatch(tally: Tally, passed: number, batch: readonly Worked[], context: Context): Tally {
  const tags: Record<string, Turnover> = { ...tally.tags };
  const done = batch.filter((one): one is { customer: string; effect: Effect } => one.effect !== undefined);
  for (const { customer, effect } of done) {
    for (const key of namesOf(effect.gained, context)) {
      const { gained, gainedIds, ...rest } = tags[key] ?? NOBODY;
      tags[key] = { ...rest, gained: gained + 1, gainedIds: named(gainedIds, customer, tags) };
    }
    for (const key of namesOf(effect.lost, context)) {
      const { lost, lostIds, ...rest } = tags[key] ?? NOBODY;
      tags[key] = { ...rest, lost: lost + 1, lostIds: named(lostIds, customer, tags) };
    }
  }
  const failed = batch.filter(({ effect }) => effect === undefined).map(({ customer }) => customer);
  const count = (which: (effect: Effect) => boolean) => done.filter(({ effect }) => which(effect)).length;
  return {
    seen: tally.seen + passed,
    worked: tally.worked + done.length,
    changed: tally.changed + count(({ gained, lost }) => gained.length + lost.length > 0),
    partly: tally.partly + count(({ partly }) => partly),
    failed: tally.failed + failed.length,
    failedIds: [...tally.failedIds, ...failed].slice(0, 20),
    tags,
  };
}

const named = (ids: readonly string[], customer: string, tags: object): readonly string[] =>
  ids.length < NAMED && Object.keys(tags).length <= TAGS_NAMED ? [...ids, customer] : ids;

/** The tags by their definitions, each once: of a family all values together. */
function namesOf(keys: readonly string[], { rules, current }: Context): Set<string> {
  const name = (key: string) => definitionOf(key, rules.ruleset) ?? definitionOf(key, current.ruleset);
  return new Set(keys.map((key) => name(key)?.key ?? key));
}
