/**
 * Input: a program. Output: what it will cost and hold. Loops are walked once (arrows that lead back are not followed).
 * Not counted: retries (but in the history events), messages themselves, table reads and writes of the handlers.
 */
import { MOST_RETRIES } from './machine-states.ts';
import { PER_CALL, PER_TRANSITION } from './prices.ts';
import type { Estimate, PathEstimate, Program, ProgramState, Target } from './program.ts';

interface Sums {
  readonly transitions: number;
  readonly calls: number;
  /** Seconds; for `most` every wait at its longest. */
  readonly seconds: number;
  readonly events: number;
}

const NOTHING: Sums = { transitions: 0, calls: 0, seconds: 0, events: 0 };

interface Arrow {
  readonly to: Target;
  readonly share: number;
  readonly typical: number;
  readonly atMost: number;
}

/** History events of a state: entered and exited, and what a call adds. */
const EVENTS = { call: 5, token: 6, plain: 2, retry: 3, around: 2 } as const;

export function estimate(program: Program, hasBegin: boolean): Estimate {
  const { most, mean, loops } = walkProgram(program);
  /** The start counts as a transition; a first state of the machine's own as another. */
  const start = 1 + (hasBegin ? 1 : 0);
  const path = (sums: Sums): PathEstimate => {
    const transitions = sums.transitions + start;
    const transitionDollars = transitions * PER_TRANSITION * 1000;
    const callDollars = sums.calls * PER_CALL * 1000;
    return {
      transitions,
      calls: sums.calls,
      transitionDollars,
      callDollars,
      dollars: transitionDollars + callDollars,
      seconds: sums.seconds,
    };
  };
  return {
    loops,
    longest: path(most),
    average: path(mean),
    openPerDailyEntry: mean.seconds / 86_400,
    worstHistoryEvents: most.events + EVENTS.around + (hasBegin ? EVENTS.plain : 0),
  };
}

/** The largest figures of any path (each by itself), and the mean over all customers. */
export function walkProgram(program: Program): { most: Sums; mean: Sums; loops: boolean } {
  const { order, back } = inOrder(program);
  const forward = (key: string): Arrow[] =>
    arrowsOf(program.states.get(key)!).filter((a) => !back.has(`${key}>${keyOf(a.to)}`));
  const most = new Map<string, Sums>();
  for (const key of order.toReversed()) {
    const worst = forward(key).reduce<Sums>((sums, a) => {
      const rest = 'state' in a.to ? most.get(a.to.state)! : COMPLETED;
      return larger(sums, { ...rest, seconds: rest.seconds + a.atMost });
    }, NOTHING);
    most.set(key, plus(worst, ownSums(program.states.get(key)!)));
  }
  const shares = new Map<string, number>();
  const give = (to: Target, share: number): void => void shares.set(keyOf(to), (shares.get(keyOf(to)) ?? 0) + share);
  for (const s of program.starts) give(s.target, 1 / program.starts.length);
  let mean = NOTHING;
  for (const key of order) {
    const share = shares.get(key) ?? 0;
    mean = plus(mean, times(ownSums(program.states.get(key)!), share));
    for (const a of forward(key)) {
      give(a.to, share * a.share);
      mean = plus(mean, { ...NOTHING, seconds: share * a.share * a.typical });
    }
  }
  mean = plus(mean, times(COMPLETED, shares.get(END) ?? 0));
  const starts = program.starts.map((s) => ('state' in s.target ? most.get(s.target.state)! : COMPLETED));
  return { most: starts.reduce(larger, NOTHING), mean, loops: back.size > 0 };
}

const END = '';
const keyOf = (to: Target): string => ('state' in to ? to.state : END);

const CALL: Sums = { transitions: 1, calls: 1, seconds: 0, events: EVENTS.call + EVENTS.retry * MOST_RETRIES };
/** The call at the end of a path that leads nowhere. */
const COMPLETED = CALL;

function ownSums({ it }: ProgramState): Sums {
  switch (it.type) {
    case 'step':
    case 'end':
      return CALL;
    case 'await':
      return { ...CALL, events: EVENTS.token + EVENTS.retry * MOST_RETRIES };
    case 'pause':
      // With the call and the choice that come again after it.
      return { ...CALL, transitions: 3, events: CALL.events + 2 * EVENTS.plain };
    default:
      return { transitions: 1, calls: 0, seconds: 0, events: EVENTS.plain };
  }
}

/** History events of one passing in which nothing is retried. */
export const plainEvents = ({ it }: ProgramState): number =>
  it.type === 'await' ? EVENTS.token : it.type === 'step' || it.type === 'end' ? EVENTS.call : EVENTS.plain;

function arrowsOf(state: ProgramState): Arrow[] {
  const { it, outlets, next, later, shares } = state;
  const at = (to: Target, share: number, typical = 0, atMost = typical): Arrow => ({ to, share, typical, atMost });
  switch (it.type) {
    case 'step':
      return [at(next!, 1)];
    case 'await': {
      /** The awaited outlets and the time limit are taken as equally likely, what happens as half way through. */
      const ways = Object.keys(outlets).length;
      return [
        at(next!, (ways - 1) / ways, it.seconds / 2, it.seconds),
        at(outlets[it.timedOut]!, 1 / ways, it.seconds),
      ];
    }
    case 'wait':
      return [at(outlets[it.outlet]!, 1, it.holds.typical, it.holds.atMost)];
    case 'route':
      // Who has to come later is in the longest way, not in the mean: how many, nobody can say.
      return [
        ...it.outlets.map((o) => at(outlets[o]!, shares?.[o] ?? 1 / it.outlets.length)),
        ...(later ? [at(later, 0)] : []),
      ];
    case 'pause': {
      const all = Object.values(outlets);
      return all.map((to) => at(to, 1 / all.length, it.holds.typical, it.holds.atMost));
    }
    case 'choose': {
      const all = [...it.rules.map((r) => r.outlet), it.otherwise];
      return all.map((o) => at(outlets[o]!, shares?.[o] ?? 1 / all.length));
    }
    case 'end':
      return [];
  }
}

/** All states in an order in which every arrow leads forward, but for those that lead back (`from>to`). */
function inOrder(program: Program): { order: string[]; back: ReadonlySet<string> } {
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const back = new Set<string>();
  for (const start of program.starts) {
    const frames: { key: string; rest: string[] }[] = [];
    const enter = (key: string): void => {
      state.set(key, 'open');
      const to = arrowsOf(program.states.get(key)!).flatMap((a) => ('state' in a.to ? [a.to.state] : []));
      frames.push({ key, rest: [...new Set(to)] });
    };
    if ('state' in start.target && !state.has(start.target.state)) enter(start.target.state);
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const to = frame.rest.pop();
      if (to === undefined) {
        state.set(frame.key, 'done');
        done.push(frame.key);
        frames.pop();
      } else if (state.get(to) === 'open') back.add(`${frame.key}>${to}`);
      else if (!state.has(to)) enter(to);
    }
  }
  return { order: done.reverse(), back };
}

const larger = (a: Sums, b: Sums): Sums => ({
  transitions: Math.max(a.transitions, b.transitions),
  calls: Math.max(a.calls, b.calls),
  seconds: Math.max(a.seconds, b.seconds),
  events: Math.max(a.events, b.events),
});
const plus = (a: Sums, b: Sums): Sums => ({
  transitions: a.transitions + b.transitions,
  calls: a.calls + b.calls,
  seconds: a.seconds + b.seconds,
  events: a.events + b.events,
});
const times = (a: Sums, n: number): Sums => ({
  transitions: a.transitions * n,
  calls: a.calls * n,
  seconds: a.seconds * n,
  events: a.events * n,
});
