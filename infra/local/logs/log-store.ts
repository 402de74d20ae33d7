import type { Store } from '../store.ts';

/** A group of log streams. Instants in ms on the stack's clock. */
export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly retentionDays?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface LogStream {
  readonly group: string;
  readonly name: string;
  readonly createdAt: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
  readonly ingestedAt?: number;
}

export interface LogLine {
  readonly stream: string;
  readonly at: number;
  readonly message: string;
}

export interface LogEvent extends LogLine {
  readonly row: number;
  readonly ingestedAt: number;
}

/** Which lines: of one stream or of all, from an instant to before another, after or before a place. */
export interface Which {
  readonly streams?: readonly string[] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly after?: Place | undefined;
  readonly before?: Place | undefined;
}

export type Place = readonly [at: number, row: number];

/** Log lines as rows, bounded: of each group the newest are kept. */
export interface LogStore {
  group(name: string): LogGroup | undefined;
  groups(): LogGroup[];
  putGroup(group: LogGroup): void;
  dropGroup(name: string): void;
  stream(group: string, name: string): LogStream | undefined;
  streams(group: string): LogStream[];
  addStream(group: string, name: string, now: number): void;
  dropStream(group: string, name: string): void;
  /** Adds lines in one transaction; makes group and streams where they are missing. */
  add(group: string, lines: readonly LogLine[], now: number): void;
  /** Up to `limit` lines in the order of time; the last ones when `backwards`. */
  read(group: string, which: Which, limit: number, backwards?: boolean): LogEvent[];
  bytes(group: string): number;
}

/** Of a group so many lines are kept, or somewhat more; a line of several KiB counts as so many. */
const KEPT = 10_000;
const WEIGHT = 'max(1, octet_length(message) / 1024)';
const weight = ({ message }: LogLine) => Math.max(1, message.length / 1024);
const DAY = 86_400_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS log_group (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS log_stream (
  grp TEXT, name TEXT, created_at INTEGER NOT NULL, first_at INTEGER, last_at INTEGER, ingested_at INTEGER, PRIMARY KEY (grp, name)
) STRICT;
CREATE TABLE IF NOT EXISTS log_event (
  row INTEGER PRIMARY KEY AUTOINCREMENT, grp TEXT NOT NULL, stream TEXT NOT NULL, at INTEGER NOT NULL,
  ingested_at INTEGER NOT NULL, message TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS log_event_time ON log_event (grp, at, row);
`;

export function openLogStore(store: Store): LogStore {
  store.db.exec(SCHEMA);
  const saveGroup = store.prepare('INSERT INTO log_group VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json');
  const newStream = store.prepare('INSERT INTO log_stream VALUES (?, ?, ?, NULL, NULL, NULL) ON CONFLICT DO NOTHING');
  const touchStream = store.prepare(
    'UPDATE log_stream SET first_at = min(coalesce(first_at, ?3), ?3), last_at = max(coalesce(last_at, ?4), ?4), ingested_at = ?5 WHERE grp = ?1 AND name = ?2',
  );
  const insert = store.prepare('INSERT INTO log_event VALUES (NULL, ?, ?, ?, ?, ?)');
  const oneStream = store.prepare('SELECT * FROM log_stream WHERE grp = ? AND name = ?');
  const allStreams = store.prepare('SELECT * FROM log_stream WHERE grp = ? ORDER BY name');
  const bytes = store.prepare('SELECT coalesce(sum(octet_length(message)), 0) AS n FROM log_event WHERE grp = ?');
  const weighs = store.prepare(`SELECT sum(${WEIGHT}) AS n FROM log_event WHERE grp = ?`);
  const trim = store.prepare(`DELETE FROM log_event WHERE row IN (
    SELECT row FROM (SELECT row, sum(${WEIGHT}) OVER (ORDER BY at DESC, row DESC) AS later FROM log_event WHERE grp = ?)
    WHERE later > ${KEPT})`);
  const expire = store.prepare('DELETE FROM log_event WHERE grp = ? AND at < ?');
  const drops = ['log_event', 'log_stream'].map((table) => store.prepare(`DELETE FROM ${table} WHERE grp = ?`));
  const dropGroup = store.prepare('DELETE FROM log_group WHERE name = ?');
  const dropStream = store.prepare('DELETE FROM log_stream WHERE grp = ? AND name = ?');
  const dropEvents = store.prepare('DELETE FROM log_event WHERE grp = ? AND stream = ?');
  const select = (order: 'ASC' | 'DESC') =>
    store.prepare(
      `SELECT row, stream, at, ingested_at AS ingestedAt, message FROM log_event WHERE grp = ?1
       AND (?2 IS NULL OR stream IN (SELECT value FROM json_each(?2))) AND at >= ?3 AND at < ?4
       AND (at, row) > (?5, ?6) AND (at, row) < (?7, ?8) ORDER BY at ${order}, row ${order} LIMIT ?9`,
    );
  const [forwards, backwards] = [select('ASC'), select('DESC')];
  const groups = new Map<string, LogGroup>();
  for (const { json } of store.prepare('SELECT json FROM log_group').all()) {
    const group = JSON.parse(String(json)) as LogGroup;
    groups.set(group.name, group);
  }
  /** What was added to a group since it was trimmed. */
  const untrimmed = new Map<string, number>();

  function putGroup(group: LogGroup): void {
    saveGroup.run(group.name, JSON.stringify(group));
    groups.set(group.name, group);
  }

  function keepBounded(name: string, added: number, now: number): void {
    const since = (untrimmed.get(name) ?? KEPT) + added;
    untrimmed.set(name, since);
    if (since < KEPT / 10) return;
    untrimmed.set(name, 0);
    const days = groups.get(name)?.retentionDays;
    if (days !== undefined) expire.run(name, now - days * DAY);
    if (Number(weighs.get(name)?.['n']) > KEPT) trim.run(name);
  }

  return {
    group: (name) => groups.get(name),
    groups: () => [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    putGroup,
    dropGroup: (name) =>
      store.transaction(() => {
        for (const drop of drops) drop.run(name);
        dropGroup.run(name);
        groups.delete(name);
      }),
    stream: (group, name) => streamOf(oneStream.get(group, name)),
    streams: (group) => allStreams.all(group).map((row) => streamOf(row) as LogStream),
    addStream: (group, name, now) => void newStream.run(group, name, now),
    dropStream: (group, name) =>
      store.transaction(() => {
        dropEvents.run(group, name);
        dropStream.run(group, name);
      }),
    add: (name, lines, now) =>
      store.transaction(() => {
        if (!groups.has(name)) putGroup({ name, createdAt: now });
        const spans = new Map<string, { first: number; last: number }>();
        // Of more than are kept, those that would go at once are not even written.
        for (const { stream, at, message } of lines.slice(-KEPT)) {
          insert.run(name, stream, at, now, message);
          const span = spans.get(stream) ?? { first: at, last: at };
          spans.set(stream, { first: Math.min(span.first, at), last: Math.max(span.last, at) });
        }
        for (const [stream, { first, last }] of spans) {
          newStream.run(name, stream, now);
          touchStream.run(name, stream, first, last, now);
        }
        keepBounded(
          name,
          lines.reduce((sum, line) => sum + weight(line), 0),
          now,
        );
      }),
    read(group, { streams, from = 0, to = Number.MAX_SAFE_INTEGER, after, before }, limit, fromEnd = false) {
      const [afterAt, afterRow] = after ?? [-1, -1];
      const [beforeAt, beforeRow] = before ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const names = streams === undefined ? null : JSON.stringify(streams);
      const rows = (fromEnd ? backwards : forwards).all(
        group,
        names,
        from,
        to,
        afterAt,
        afterRow,
        beforeAt,
        beforeRow,
        limit,
      ) as unknown as LogEvent[];
      return fromEnd ? rows.reverse() : rows;
    },
    bytes: (group) => Number(bytes.get(group)?.['n']),
  };
}

function streamOf(row: Record<string, unknown> | undefined): LogStream | undefined {
  if (!row) return undefined;
  const { grp, name, created_at, first_at, last_at, ingested_at } = row as Record<string, number | null>;
  return {
    group: String(grp),
    name: String(name),
    createdAt: Number(created_at),
    ...(first_at != null && { firstAt: first_at }),
    ...(last_at != null && { lastAt: last_at }),
    ...(ingested_at != null && { ingestedAt: ingested_at }),
  };
}
