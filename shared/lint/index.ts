/** 体检: what is sound but unwise about tags, segments and journeys. A lint is a file in lints/ and a line here. */
import type { Journey } from '../journey/index.ts';
import type { Ruleset } from '../tags/index.ts';
import type { Lint, LintFinding, LintInput } from './define-lint.ts';
import { gardenOf } from './garden.ts';
import { DEFAULT_LIMITS, type LintLimits } from './limits.ts';
import { bareVariable } from './lints/bare-variable.ts';
import { contradiction } from './lints/contradiction.ts';
import { dimensions } from './lints/dimensions.ts';
import { hardSell } from './lints/hard-sell.ts';
import { massToVip } from './lints/mass-to-vip.ts';
import { noWayOut } from './lints/no-way-out.ts';
import { overCaps } from './lints/over-caps.ts';
import { reEntry } from './lints/re-entry.ts';
import { sameContent } from './lints/same-content.ts';
import { sellingNotice } from './lints/selling-notice.ts';
import { sendToAll } from './lints/send-to-all.ts';
import { staleTag } from './lints/stale-tag.ts';
import { tooManyTags } from './lints/too-many-tags.ts';
import { unguardedTopic } from './lints/unguarded-topic.ts';
import { unusedTag } from './lints/unused-tag.ts';
import { vagueTag } from './lints/vague-tag.ts';

export type { LintFinding, LintInput, Usage } from './define-lint.ts';

/** In the order of the catalogue. */
export const LINTS: readonly Lint[] = [
  tooManyTags,
  unusedTag,
  vagueTag,
  dimensions,
  staleTag,
  contradiction,
  sameContent,
  massToVip,
  overCaps,
  unguardedTopic,
  hardSell,
  noWayOut,
  bareVariable,
  reEntry,
  sellingNotice,
  sendToAll,
];

/** All findings, errors first, then in the order of the catalogue. */
export function lint(input: LintInput, limits: LintLimits = DEFAULT_LIMITS): readonly LintFinding[] {
  const garden = gardenOf(input);
  const found = LINTS.flatMap(({ id, code, check }) =>
    check(garden, limits).map((finding): LintFinding => ({ lint: id, code, ...finding })),
  );
  const rank = ({ severity }: LintFinding): number => (severity === 'error' ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b));
}

/** The findings about one journey; the others are left out of sight, so what only they use is not spoken of. */
export const lintJourney = (ruleset: Ruleset, journey: Journey): readonly LintFinding[] =>
  lint({ ruleset, journeys: [journey] }).filter((finding) => finding.journey === journey.id);
