import type { Store } from '../store.ts';
import type { Clock, TimeSource } from '../time-source.ts';
import { openTimers } from '../timers.ts';
import type { Archives, Kept } from './archives.ts';
import { type BusEvent, eventFrom } from './bus-event.ts';

/** A replay of an archive. Instants in ms on the stack's clock. */
export interface Replay {
  readonly name: string;
  readonly archive: string;
  readonly bus: string;
  readonly state: 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED';
  readonly description?: string;
  /** Events from here to before there. */
  readonly from: number;
  readonly to: number;
  /** Rules that are to get them; all of the bus where there are none. */
  readonly ruleArns?: readonly string[];
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The last event that was sent again. */
  readonly last?: Pick<Kept, 'row' | 'at'>;
}

export interface Replays extends TimeSource {
  all(): readonly Replay[];
  get(name: string): Replay | undefined;
  start(replay: Omit<Replay, 'state' | 'startedAt'>): Replay;
  cancel(replay: Replay): Replay;
}

/** As on AWS a replay takes a moment to begin, and to be called off. */
const MOMENT = 1000;
/** So many events in one transaction. */
const AT_A_TIME = 100;

export const isOver = ({ state }: Replay) => state === 'COMPLETED' || state === 'CANCELLED';

export function openReplays(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly archives: Archives;
  /** Gives an event to the rules of its bus (or to those of them that are named). */
  readonly send: (event: BusEvent, ruleArns: readonly string[] | undefined) => void;
}): Replays {
  const { store, clock, archives, send } = options;
  store.db.exec('CREATE TABLE IF NOT EXISTS event_replay (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT');
  const save = store.prepare('INSERT INTO event_replay VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json');
  const replays = new Map<string, Replay>();
  for (const { json } of store.prepare('SELECT json FROM event_replay').all()) {
    const replay = JSON.parse(String(json)) as Replay;
    replays.set(replay.name, replay);
  }
  const timers = openTimers(store, 'replay');

  function put(replay: Replay): Replay {
    save.run(replay.name, JSON.stringify(replay));
    replays.set(replay.name, replay);
    return replay;
  }
  const later = (replay: Replay, at: number) => {
    timers.set(replay.name, at);
    clock.changed();
    return put(replay);
  };

  function goOn(replay: Replay, now: number): void {
    if (replay.state === 'CANCELLING') return void put({ ...replay, state: 'CANCELLED', endedAt: now });
    const events = archives.read(replay.archive, replay.from, replay.to, replay.last, AT_A_TIME);
    for (const { text } of events) send(marked(replay, text), replay.ruleArns);
    const last = events.at(-1);
    const sofar = { ...replay, ...(last && { last: { row: last.row, at: last.at } }) };
    if (events.length < AT_A_TIME) put({ ...sofar, state: 'COMPLETED', endedAt: now });
    else later({ ...sofar, state: 'RUNNING' }, now);
  }

  return {
    name: 'replays',
    nextDue: timers.nextDue,
    fireDue(now) {
      timers.ring(now, (name) => {
        const replay = replays.get(name);
        if (replay && !isOver(replay)) goOn(replay, now);
      });
      clock.changed();
    },
    busy: () => false,
    all: () => [...replays.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    get: (name) => replays.get(name),
    start: (replay) => {
      const now = clock.now();
      return store.transaction(() => later({ ...replay, state: 'STARTING', startedAt: now }, now + MOMENT));
    },
    cancel: (replay) => store.transaction(() => later({ ...replay, state: 'CANCELLING' }, clock.now() + MOMENT)),
  };
}

/** The event as it was, but that it says of which replay it comes. */
function marked(replay: Replay, text: string): BusEvent {
  const { detail, ...head } = JSON.parse(text) as Record<string, unknown>;
  return eventFrom(replay.bus, JSON.stringify({ ...head, 'replay-name': replay.name, detail }));
}
