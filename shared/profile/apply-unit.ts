import { isoOf } from '../instants.ts';
import type { Finding } from '../rules/index.ts';
import type { CompiledRuleset, CompiledTag } from '../tags/index.ts';
import type { Words } from '../words.ts';
import type { Draft } from './draft.ts';
import { winnerOf } from './held.ts';
import type { Mark } from './memory.ts';
import type { Cause, TagChange, TagHeld } from './profile.ts';
import type { UnitView } from './unit-outcome.ts';

/**
 * Evaluates a unit at an instant and makes the customer's tags so. Of an exclusive group the level that goes and the
 * one that comes are one step: same instant, the going first.
 *
 * @returns true when a tag came or went
 */
export function applyUnit(
  draft: Draft,
  view: UnitView,
  at: number,
  cause: Cause,
  confirmed: number,
  rules: CompiledRuleset,
  changes: TagChange[],
): boolean {
  const winner = view.outcome(at, confirmed);
  if (view.marks !== undefined) keepMarks(draft, view, view.marks);
  const changed =
    view.value === undefined &&
    winnerOf(draft.pages, view.unit) === winner &&
    !view.keepsMore() &&
    !byHand(cause) &&
    !(winner >= 0 && view.unit.findsValue)
      ? false
      : makeSo(view, at, winner, cause, rules, changes);
  if (view.unit.timed) view.setDue(view.due(at, winner));
  return changed;
}

const byHand = ({ by }: Cause): boolean => by !== 'event' && by !== 'time';

/** The tag stays for another reason: of two products looked at twice she looked at this one last. */
function moveValue(view: UnitView, level: CompiledTag, { holds, value, evidence }: Finding): void {
  const held = view.held(level) as TagHeld;
  if (holds && value !== undefined && value !== held.value) view.putHeld(level, { ...held, value, evidence });
}

/** @returns true when a tag came or went */
function makeSo(
  view: UnitView,
  at: number,
  winner: number,
  cause: Cause,
  rules: CompiledRuleset,
  changes: TagChange[],
): boolean {
  const { levels } = view.unit;
  let changed = false;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i] as CompiledTag;
    const held = view.held(level);
    if (held === undefined) continue;
    if (i !== winner) {
      view.putHeld(level, undefined);
      changes.push(
        change('removed', view.keyOf(level), at, rules.version, cause, whyGone(view, level, at, levels[winner])),
      );
      changed = true;
    } else {
      refresh(view, held, level);
      if (level.check?.findsValue) moveValue(view, level, level.check.find(view.sightAt(at)));
    }
  }
  const won = levels[winner];
  if (won !== undefined && view.held(won) === undefined) {
    const key = view.keyOf(won);
    const finding = whyHeld(view, won, at);
    const mark = view.mark(won);
    const since = isoOf(at);
    const held: { -readonly [K in keyof TagHeld]: TagHeld[K] } = {
      since,
      rule: rules.version,
      evidence: finding.evidence,
    };
    const until = untilOf(won, mark);
    if (until !== undefined) held.until = until;
    if (mark?.m !== undefined) held.manual = true;
    if (finding.value !== undefined) held.value = finding.value;
    view.putHeld(won, held);
    changes.push(change('added', key, at, rules.version, cause, finding));
    changed = true;
  }
  return changed;
}

function keepMarks(draft: Draft, view: UnitView, marks: ReadonlyMap<number, Mark | undefined>): void {
  for (const [i, mark] of marks) {
    draft.putMark(view.keyOf(view.unit.levels[i] as CompiledTag), mark && isEmpty(mark) ? undefined : mark);
  }
}

export function change(
  op: TagChange['op'],
  key: string,
  at: number,
  rule: number,
  cause: Cause,
  finding: Pick<Finding, 'evidence' | 'why' | 'value'>,
): TagChange {
  const { evidence, why, value } = finding;
  const made = { type: 'tag' as const, op, key, at: isoOf(at), rule, evidence, why, cause };
  return value === undefined || op === 'removed' ? made : { ...made, value };
}

/** A held tag that stays: its end may have moved, a hand may have been laid on it. */
function refresh(view: UnitView, held: TagHeld, level: CompiledTag): void {
  const mark = view.mark(level);
  if (level.ttlMs === undefined && mark === undefined && held.until === undefined && !held.manual) return;
  const until = untilOf(level, mark);
  const manual = mark?.m !== undefined;
  if (until === held.until && manual === (held.manual ?? false)) return;
  const { until: _u, manual: _m, ...rest } = held;
  view.putHeld(level, { ...rest, ...(until ? { until } : {}), ...(manual ? { manual: true as const } : {}) });
}

const untilOf = (level: CompiledTag, mark: Mark | undefined): string | undefined =>
  level.ttlMs === undefined || mark?.c === undefined ? undefined : isoOf(mark.c + level.ttlMs);

function whyHeld(view: UnitView, level: CompiledTag, at: number): Pick<Finding, 'evidence' | 'why' | 'value'> {
  const finding = level.check?.find(view.sightAt(at));
  if (finding?.holds) return finding;
  const mark = view.mark(level);
  if (mark?.m !== undefined) return { evidence: [], why: { zh: `由 ${mark.m} 打上`, en: `set by ${mark.m}` } };
  return { evidence: [], why: { zh: '曾经成立，一直保留', en: 'was true once and stays' } };
}

function whyGone(
  view: UnitView,
  level: CompiledTag,
  at: number,
  winner: CompiledTag | undefined,
): Pick<Finding, 'evidence' | 'why'> {
  const finding = level.check?.find(view.sightAt(at));
  if (winner !== undefined && (finding === undefined || finding.holds)) {
    return { evidence: finding?.evidence ?? [], why: superseded(winner.definition.name) };
  }
  if (finding?.holds)
    return { evidence: finding.evidence, why: { zh: '到期未再确认', en: 'not confirmed again in time' } };
  return finding ?? { evidence: [], why: { zh: '已取下或到期', en: 'taken off or expired' } };
}

const superseded = (name: Words): Words => ({
  zh: `同组更高的「${name.zh}」成立`,
  en: `“${name.en}”, higher in the group, holds`,
});

const isEmpty = (mark: Mark): boolean => Object.keys(mark).length === 0;
