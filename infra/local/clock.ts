import type { Words } from '../../shared/words.ts';
import type { Memory } from './store.ts';
import type { Clock, TimeSource } from './time-source.ts';

/**
 * The time of the local stack. It runs with the machine's clock plus an offset, can be frozen, and can be moved forward:
 * then every due thing of every source fires in order of its due moment, each at its own moment, and time goes on only
 * when all that it started has settled.
 *
 * All instants are milliseconds since the epoch.
 */
export interface StackClock extends Clock {
  frozen(): boolean;
  /**
   * True after a lazy move, until the next one that is not: what only tells others or counts (streams with a batching
   * window) may lag behind by its window then, so that thousands of small moves in a row stay cheap.
   */
  lazy(): boolean;
  /** True while a move is under way: time then stands at the moment that is being lived through. */
  moving(): boolean;
  add(source: TimeSource): void;
  /** Starts firing what is due. Until then the clock only tells the time. */
  start(): void;
  stop(): void;
  /** Moves to `target`; moves asked for while another runs wait for it. Throws ClockError. */
  moveTo(target: number, options?: { freeze?: boolean; lazy?: boolean }): Promise<Moved>;
  /** As moveTo, reckoned from the moment the move begins. */
  advance(by: (from: number) => number, options?: { freeze?: boolean }): Promise<Moved>;
  /** Holds time still, or lets it run on from where it stands. */
  freeze(frozen: boolean): Promise<Moved>;
  /** Resolves when nothing is under way and nothing is due. */
  settled(): Promise<Unsettled>;
}

/** What had not come to rest when waiting for it was given up; empty when all is well. */
export type Unsettled = readonly string[];

export interface Moved {
  readonly now: number;
  readonly frozen: boolean;
  readonly unsettled: Unsettled;
}

export class ClockError extends Error {
  readonly code: 'ClockCannotGoBack' | 'ClockOutOfRange' | 'ClockStopped';
  readonly words: Words;
  readonly next: Words;
  constructor(code: ClockError['code'], words: Words, next: Words) {
    super(`${words.en} ${next.en}`);
    this.name = 'ClockError';
    this.code = code;
    this.words = words;
    this.next = next;
  }
}

export interface ClockOptions {
  readonly memory: Memory;
  /** True once the stack has lived through something, after which time may not go back. */
  readonly used: () => boolean;
  /** How long (real ms) a move waits for work to settle before it goes on without it. */
  readonly patience?: number;
  readonly warn?: (line: string) => void;
}

/** Timers of JavaScript overflow above this and fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** The last instant that four digits of year can write. */
const END_OF_TIME = Date.UTC(9999, 11, 31);
/** A source that forgets to call changed() is noticed after this long. */
const LOOK_AGAIN = 500;

interface Kept {
  readonly offset: number;
  readonly frozen: boolean;
  /** The latest instant known to have been reached: a restart never begins before it. */
  readonly reached: number;
}

export function createClock(options: ClockOptions): StackClock {
  const { memory, patience = 90_000, warn = () => {} } = options;
  const sources: TimeSource[] = [];
  const firing = new Set<TimeSource>();
  let held: number | undefined;
  let offset = 0;
  let frozen = false;
  let moving = false;
  let lazy = false;
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let changes = 0;
  const sleepers = new Set<() => void>();
  let moves: Promise<unknown> = Promise.resolve();

  const kept = memory.get<Kept>('clock');
  if (kept) {
    frozen = kept.frozen;
    offset = Math.max(kept.offset, kept.reached - Date.now());
    if (frozen) held = kept.reached;
  }

  const now = () => held ?? Date.now() + offset;
  const keep = () => memory.set('clock', { offset, frozen, reached: now() } satisfies Kept);

  const workUnderWay = () =>
    sources.flatMap((source) =>
      source.working?.().length ? source.working() : source.busy() || firing.has(source) ? [source.name] : [],
    );

  /** Fires every source that has something due now and is not firing already. True when there is nothing to wait for. */
  function fire(): boolean {
    const at = now();
    let calm = true;
    for (const source of sources) {
      if (firing.has(source)) {
        calm = false;
        continue;
      }
      const next = source.nextDue();
      if (next !== undefined && next <= at) {
        calm = false;
        fireOne(source, at);
      } else if (source.busy()) calm = false;
    }
    return calm;
  }

  function fireOne(source: TimeSource, at: number): void {
    try {
      const fired = source.fireDue(at);
      if (fired === undefined) return;
      firing.add(source);
      fired
        .catch((error: unknown) => warn(`${source.name} failed while firing: ${String(error)}`))
        .finally(() => {
          firing.delete(source);
          changed();
        });
    } catch (error) {
      warn(`${source.name} failed while firing: ${String(error)}`);
    }
  }

  function changed(): void {
    changes++;
    for (const sleeper of [...sleepers]) sleeper();
    if (looking || !running) return;
    looking = true;
    setImmediate(look);
  }

  function look(): void {
    looking = false;
    if (!running) return;
    fire();
    clearTimeout(timer);
    timer = undefined;
    if (held !== undefined) return;
    const next = nextDue();
    if (next === undefined) return;
    // A timer may ring a moment early; then it is set again.
    timer = setTimeout(look, Math.min(Math.max(next - now(), 1), LONGEST_TIMER));
  }

  function nextDue(): number | undefined {
    let soonest: number | undefined;
    for (const source of sources) {
      if (firing.has(source)) continue;
      const next = source.nextDue();
      if (next !== undefined && (soonest === undefined || next < soonest)) soonest = next;
    }
    return soonest;
  }

  /** Resolves at the next call of changed() after the one counted as `seen`. */
  function changeSince(seen: number): Promise<void> {
    if (changes !== seen) return new Promise((resolve) => setImmediate(resolve));
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(again);
        sleepers.delete(done);
        resolve();
      };
      const again = setTimeout(done, LOOK_AGAIN);
      sleepers.add(done);
    });
  }

  async function settled(): Promise<Unsettled> {
    const began = Date.now();
    for (;;) {
      const seen = changes;
      if (fire()) return [];
      if (Date.now() - began > patience) {
        const unsettled = workUnderWay();
        warn(`time goes on although this has not settled in ${patience / 1000} s: ${unsettled.join(', ')}`);
        return unsettled;
      }
      // A source that fires a part of what is due at a time, or is done at once, is asked again at once.
      const underWay = firing.size > 0 || sources.some((source) => source.busy());
      await (underWay ? changeSince(seen) : new Promise((resolve) => setImmediate(resolve)));
    }
  }

  async function travel(target: number): Promise<Unsettled> {
    const unsettled = new Set<string>();
    for (;;) {
      if (!running) throw new ClockError('ClockStopped', ...STOPPED);
      for (const name of await settled()) unsettled.add(name);
      const next = nextDue();
      if (next === undefined || next > target) break;
      if (next > now()) {
        held = next;
        keep();
      }
      fire();
    }
    held = Math.max(target, now());
    return [...unsettled];
  }

  /** Moves run one after another; the order of asking is kept. */
  function queued(move: () => Promise<Moved>): Promise<Moved> {
    const result = moves.then(move);
    moves = result.catch(() => {});
    return result;
  }

  async function move(pick: (from: number) => number, freeze: boolean | undefined, gather = false): Promise<Moved> {
    lazy = gather;
    const from = now();
    const target = Math.round(pick(from));
    if (!Number.isFinite(target) || Math.abs(target) > END_OF_TIME)
      throw new ClockError('ClockOutOfRange', ...OUT_OF_RANGE);
    if (target < from && options.used())
      throw new ClockError(
        'ClockCannotGoBack',
        {
          zh: `现在是 ${iso(from)}，${iso(target)} 之后已经发生过事情：用过的时钟只能往前走。`,
          en: `It is ${iso(from)} here, and things have happened since ${iso(target)}: a used clock only goes forward.`,
        },
        {
          zh: '想从过去开始，请用 --fresh（或另一个 --data 目录）启动。',
          en: 'Start with --fresh (or another --data folder) to begin in the past.',
        },
      );
    clearTimeout(timer);
    const stayFrozen = freeze ?? frozen;
    let unsettled: Unsettled = [];
    moving = true;
    held = from;
    try {
      if (target < from) held = target;
      unsettled = await travel(target);
    } finally {
      moving = false;
      frozen = stayFrozen;
      offset = held - Date.now();
      if (!frozen) held = undefined;
      keep();
      changed();
    }
    return { now: now(), frozen, unsettled };
  }

  return {
    now,
    changed,
    frozen: () => frozen,
    lazy: () => lazy,
    moving: () => moving,
    add(source) {
      sources.push(source);
    },
    start() {
      running = true;
      keep();
      changed();
    },
    stop() {
      if (!running) return;
      running = false;
      clearTimeout(timer);
      keep();
      for (const sleeper of [...sleepers]) sleeper();
    },
    moveTo: (target, { freeze, lazy: gather } = {}) => queued(() => move(() => target, freeze, gather)),
    advance: (by, { freeze } = {}) => queued(() => move(by, freeze)),
    freeze: (wanted) => queued(() => move((from) => from, wanted)),
    settled,
  };
}

const STOPPED: [Words, Words] = [
  { zh: '移动时钟的时候服务停了。', en: 'The stack was closed while its clock moved.' },
  { zh: '重新启动后看看走到了哪里，再移动一次。', en: 'Start it again, see how far it came, and move it once more.' },
];
const OUT_OF_RANGE: [Words, Words] = [
  { zh: '时钟只能设到公元 9999 年以前。', en: 'The clock can only be set to a moment before the year 9999.' },
  { zh: '给一个近一些的时刻。', en: 'Give a nearer moment.' },
];
const iso = (ms: number) => new Date(ms).toISOString();
