import type { Store } from '../store.ts';

/** A schedule as it was made. Instants in ms. */
export interface Schedule {
  readonly group: string;
  readonly name: string;
  readonly expression: string;
  readonly zone: string;
  readonly enabled: boolean;
  readonly start?: number;
  readonly end?: number;
  readonly description?: string;
  readonly kmsKeyArn?: string;
  readonly window: { readonly Mode: string; readonly MaximumWindowInMinutes?: number | undefined };
  readonly target: Readonly<Record<string, unknown>> & { readonly Arn: string };
  /** It is taken away when it has happened for the last time. */
  readonly deleteWhenDone: boolean;
  readonly token?: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface ScheduleGroup {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** Schedules and their groups, kept in the store and held ready in memory. */
export interface ScheduleBook {
  get(group: string, name: string): Schedule | undefined;
  all(): readonly Schedule[];
  put(schedule: Schedule): void;
  drop(group: string, name: string): void;
  group(name: string): ScheduleGroup | undefined;
  groups(): readonly ScheduleGroup[];
  putGroup(group: ScheduleGroup): void;
  dropGroup(name: string): void;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS schedule (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS schedule_group (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
`;

export const keyOf = (group: string, name: string) => `${group}/${name}`;

export function openScheduleBook(store: Store, now: number): ScheduleBook {
  store.db.exec(SCHEMA);
  const save = store.prepare('INSERT INTO schedule VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json');
  const remove = store.prepare('DELETE FROM schedule WHERE key = ?');
  const saveGroup = store.prepare(
    'INSERT INTO schedule_group VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
  );
  const removeGroup = store.prepare('DELETE FROM schedule_group WHERE name = ?');
  const schedules = new Map<string, Schedule>();
  const groups = new Map<string, ScheduleGroup>();
  for (const { key, json } of store.prepare('SELECT * FROM schedule').all())
    schedules.set(String(key), JSON.parse(String(json)) as Schedule);
  for (const { name, json } of store.prepare('SELECT * FROM schedule_group').all())
    groups.set(String(name), JSON.parse(String(json)) as ScheduleGroup);
  const putGroup = (group: ScheduleGroup) => {
    saveGroup.run(group.name, JSON.stringify(group));
    groups.set(group.name, group);
  };
  if (!groups.has('default')) putGroup({ name: 'default', tags: {}, createdAt: now });
  const inOrder = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  return {
    get: (group, name) => schedules.get(keyOf(group, name)),
    all: () => [...schedules.values()].sort(inOrder),
    put(schedule) {
      const key = keyOf(schedule.group, schedule.name);
      save.run(key, JSON.stringify(schedule));
      schedules.set(key, schedule);
    },
    drop(group, name) {
      remove.run(keyOf(group, name));
      schedules.delete(keyOf(group, name));
    },
    group: (name) => groups.get(name),
    groups: () => [...groups.values()].sort(inOrder),
    putGroup,
    dropGroup(name) {
      removeGroup.run(name);
      groups.delete(name);
    },
  };
}
