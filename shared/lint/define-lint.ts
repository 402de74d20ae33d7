/**
 * The contract of a lint: a question about what a team keeps (tags, segments, journeys), asked of data alone. One file
 * in lints/, one line in index.ts; docs/lint.md is made of them, and index.test.ts runs both examples of each.
 */
import type { Diagnostic } from '../diagnostics.ts';
import type { Journey } from '../journey/index.ts';
import type { Ruleset } from '../tags/index.ts';
import type { Words } from '../words.ts';
import type { Garden } from './garden.ts';
import type { LintLimits } from './limits.ts';

/** All that is looked at. What is absent is not spoken of: without tags nothing is said about tags. */
export interface LintInput {
  readonly ruleset: Ruleset;
  readonly journeys: readonly Journey[];
  /** What customers have of it, where that is known: not of files. */
  readonly usage?: Usage;
}

export interface Usage {
  /** ISO 8601, UTC. */
  readonly now: string;
  /** By key, of the tags that somebody has. */
  readonly tags: Readonly<Record<string, TagUse>>;
  /** How many customers there are, and by id how many of them are in each segment. */
  readonly segments?: { readonly customers: number; readonly members: Readonly<Record<string, number>> };
}

/** Found among the customers who have the tag: all of them, or (`partly`) the first by their ids. */
export interface TagUse {
  readonly partly: boolean;
  /** When one of them got it last, ISO 8601, UTC. */
  readonly newest: string;
  /** Of a family: how many values there are. */
  readonly values: number;
}

/** What a lint found. The place: `tag`, `segment` or `journey`; in it `node` and `field` (of tags a path in the ruleset). */
export interface LintFinding extends Diagnostic {
  /** Number in the catalogue, e.g. "L2". */
  readonly lint: string;
  readonly tag?: string;
  readonly segment?: string;
  readonly journey?: string;
}

/** A finding without what all findings of a lint share. */
export type Found = Omit<LintFinding, 'lint' | 'code'>;

export interface LintExample {
  /** What it shows. */
  readonly said: Words;
  /** The part to look at, printed in docs/lint.md. */
  readonly shown: unknown;
  readonly input: LintInput;
}

export interface Lint {
  /** Number in the catalogue; stable. */
  readonly id: string;
  /** Code of its findings; stable. */
  readonly code: string;
  readonly title: Words;
  /** Why it matters, and when it says nothing. */
  readonly why: Words;
  readonly check: (garden: Garden, limits: LintLimits) => readonly Found[];
  readonly wrong: LintExample;
  readonly right: LintExample;
}
