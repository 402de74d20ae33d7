/**
 * What is older than the lateness window need not stay open: its events are folded into the base for good. A few are
 * settled at a time, at places that depend on the open entries alone: so it comes out the same whether the base is at
 * hand there (a checkpoint of this process) or is folded again.
 */
import type { CompiledRuleset } from '../tags/index.ts';
import { Draft } from './draft.ts';
import { type Checkpoint, cameAt, type Memory, type Open, type Snapshot } from './memory.ts';
import { process } from './process.ts';

/** About so many entries are settled together. */
const STEP = 4;
/** The values of what is open have at most so many characters together. */
const MOST_CHARS = 600;

/** From when on so many are older than the window, whatever its length, that they are settled; Infinity: too few are open. */
export function ripeFrom(open: readonly Open[]): number {
  if (open.length < STEP) return Infinity;
  let from = -Infinity;
  for (let i = 0; i < STEP; i++) {
    const entry = open[i] as Open;
    from = Math.max(from, cameAt(entry));
  }
  return from;
}

/** How many, from the first one on, both happened and came before the window. */
export function closable(open: readonly Open[], horizon: number): number {
  let count = 0;
  for (; count < open.length; count++) {
    const entry = open[count] as Open;
    if (cameAt(entry) > horizon) break;
  }
  return count;
}

/**
 * Settles the oldest entries: those before the window, and where more are open than are kept (by number, or by what they
 * take up), the older half. Then the window of this customer is as short as her last openEvents / 2 events, or as those
 * that have half the room; one event that is larger than all the room is settled at once.
 */
export function settleOldest(memory: Memory, horizon: number): Memory {
  const { rules, open, chars, ripe } = memory;
  const mayStay = ripe > horizon && open.length <= rules.limits.openEvents && chars <= MOST_CHARS;
  return mayStay ? memory : settled(memory, horizon);
}

function settled(memory: Memory, horizon: number): Memory {
  const { rules, head, base, open, chars, checkpoints } = memory;
  const most = rules.limits.openEvents;
  const wanted = Math.max(closable(open, horizon), open.length > most ? open.length - Math.floor(most / 2) : 0);
  const usual = wanted < STEP && open.length <= most ? 0 : placeBefore(open, wanted, open.length > most);
  const count = Math.max(usual, overflow(open, chars));
  if (count === 0) return memory;
  const gone = open.slice(0, count);
  const left = open.slice(count);
  return {
    rules,
    head,
    base: checkpointAt(checkpoints, count) ?? folded(base, gone, rules),
    open: left,
    chars: chars - charsIn(gone),
    ripe: ripeFrom(left),
    checkpoints: checkpointsAfter(checkpoints, count),
  };
}

const checkpointAt = (checkpoints: readonly Checkpoint[], count: number): Snapshot | undefined =>
  checkpoints.find((checkpoint) => checkpoint.count === count)?.snapshot;

const checkpointsAfter = (checkpoints: readonly Checkpoint[], count: number): readonly Checkpoint[] =>
  checkpoints
    .filter((checkpoint) => checkpoint.count > count)
    .map(({ count: before, snapshot }) => ({ count: before - count, snapshot }));

/** So many entries, from the first one on, are too much to be kept open. */
function overflow(open: readonly Open[], chars: number): number {
  if (chars <= MOST_CHARS) return 0;
  let count = 0;
  for (let left = chars; count < open.length && left > MOST_CHARS / 2; ) {
    // Never between two entries of one instant.
    const { at } = open[count] as Open;
    for (; open[count]?.at === at; count++) left -= charsInOne(open[count]!);
  }
  return count;
}

/** In the values of open entries. */
export function charsIn(open: readonly Open[]): number {
  let chars = 0;
  for (let i = 0; i < open.length; i++) chars += charsInOne(open[i] as Open);
  return chars;
}

const charsInOne = (entry: Open): number => ('id' in entry ? entry.chars : 0);

/** May the base be here, with `count` entries folded in, the last time having been at `before`? */
export const isPlace = (before: number, count: number): boolean => Math.floor(count / STEP) > Math.floor(before / STEP);

/** The last place with at most `wanted` entries before it (`atLeast`: the first one with that many); 0 for none. */
function placeBefore(open: readonly Open[], wanted: number, atLeast: boolean): number {
  let place = 0;
  let before = 0;
  for (let i = 1; i <= open.length; i++) {
    // Never between two entries of one instant.
    if (i < open.length && open[i]?.at === open[i - 1]?.at) continue;
    if (isPlace(before, i)) {
      if (i > wanted && !(atLeast && place < wanted)) break;
      place = i;
    }
    before = i;
  }
  return place;
}

function folded(base: Snapshot, entries: readonly Open[], rules: CompiledRuleset): Snapshot {
  const draft = new Draft(base, rules);
  process(draft, entries, (entries.at(-1) as Open).at, rules, []);
  return draft.snapshot();
}
