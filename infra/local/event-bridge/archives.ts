import type { Store } from '../store.ts';
import type { BusEvent } from './bus-event.ts';
import { matches, type Pattern, parsePattern } from './patterns/index.ts';

/** What a bus keeps of its events. Instants in ms on the stack's clock. */
export interface Archive {
  readonly name: string;
  readonly bus: string;
  readonly patternText?: string;
  readonly description?: string;
  /** 0 = for ever. */
  readonly retentionDays: number;
  readonly createdAt: number;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** An archived event: its place in the archive, when it happened, and its JSON. */
export interface Kept {
  readonly row: number;
  readonly at: number;
  readonly text: string;
}

export interface Archives {
  all(): readonly Archive[];
  get(name: string): Archive | undefined;
  put(archive: Archive): void;
  drop(name: string): void;
  /** Keeps an event of a bus in every archive that wants it. */
  keep(event: BusEvent, now: number): void;
  /** How much is in it, what is too old already taken away. */
  size(name: string, now: number): { events: number; bytes: number };
  /** Up to `limit` events from `from` to before `to`, in the order of time, after the given one. */
  read(name: string, from: number, to: number, after: Pick<Kept, 'row' | 'at'> | undefined, limit: number): Kept[];
}

const DAY = 86_400_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS event_archive (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS archived_event (
  row INTEGER PRIMARY KEY AUTOINCREMENT, archive TEXT NOT NULL, at INTEGER NOT NULL, kept_at INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS archived_event_time ON archived_event (archive, at, row);
`;

export function openArchives(store: Store): Archives {
  store.db.exec(SCHEMA);
  const save = store.prepare('INSERT INTO event_archive VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json');
  const remove = store.prepare('DELETE FROM event_archive WHERE name = ?');
  const insert = store.prepare('INSERT INTO archived_event VALUES (NULL, ?, ?, ?, ?)');
  const empty = store.prepare('DELETE FROM archived_event WHERE archive = ?');
  const expire = store.prepare('DELETE FROM archived_event WHERE archive = ? AND kept_at < ?');
  const size = store.prepare(
    'SELECT count(*) AS events, coalesce(sum(length(CAST(text AS BLOB))), 0) AS bytes FROM archived_event WHERE archive = ?',
  );
  const read = store.prepare(
    'SELECT row, at, text FROM archived_event WHERE archive = ? AND at >= ? AND at < ? AND (at, row) > (?, ?) ORDER BY at, row LIMIT ?',
  );
  const archives = new Map<string, { archive: Archive; pattern: Pattern | undefined }>();
  const hold = (archive: Archive) =>
    archives.set(archive.name, {
      archive,
      pattern: archive.patternText === undefined ? undefined : parsePattern(archive.patternText),
    });
  for (const { json } of store.prepare('SELECT json FROM event_archive').all())
    hold(JSON.parse(String(json)) as Archive);

  return {
    all: () => [...archives.values()].map(({ archive }) => archive).sort((a, b) => (a.name < b.name ? -1 : 1)),
    get: (name) => archives.get(name)?.archive,
    put(archive) {
      save.run(archive.name, JSON.stringify(archive));
      hold(archive);
    },
    drop(name) {
      store.transaction(() => {
        remove.run(name);
        empty.run(name);
      });
      archives.delete(name);
    },
    keep(event, now) {
      for (const { archive, pattern } of archives.values()) {
        if (archive.bus !== event.bus || (pattern && !matches(pattern, event.envelope))) continue;
        insert.run(archive.name, Date.parse(String(event.envelope['time'])), now, event.text);
      }
    },
    size(name, now) {
      const days = archives.get(name)?.archive.retentionDays ?? 0;
      if (days > 0) expire.run(name, now - days * DAY);
      const row = size.get(name);
      return { events: Number(row?.['events']), bytes: Number(row?.['bytes']) };
    },
    read: (name, from, to, after, limit) =>
      read.all(name, from, to, after?.at ?? Number.MIN_SAFE_INTEGER, after?.row ?? 0, limit) as unknown as Kept[],
  };
}
