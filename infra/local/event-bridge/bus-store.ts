import type { Store } from '../store.ts';

/** An event bus. Instants in ms on the stack's clock. */
export interface Bus {
  readonly name: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly changedAt?: number;
  /** Resource policy: kept and shown, never asked. */
  readonly policy?: Policy;
  readonly tags?: Readonly<Record<string, string>>;
  /** What was said besides and is only shown again. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** Buses, kept in the store and held ready in memory. */
export interface BusStore {
  buses(): readonly Bus[];
  bus(name: string): Bus | undefined;
  putBus(bus: Bus): void;
  deleteBus(name: string): void;
}

export function openBusStore(store: Store): BusStore {
  store.db.exec('CREATE TABLE IF NOT EXISTS event_bus (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT');
  const save = store.prepare('INSERT INTO event_bus VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json');
  const drop = store.prepare('DELETE FROM event_bus WHERE name = ?');
  const buses = new Map<string, Bus>();
  for (const { json } of store.prepare('SELECT json FROM event_bus').all()) {
    const bus = JSON.parse(String(json)) as Bus;
    buses.set(bus.name, bus);
  }
  return {
    buses: () => [...buses.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    bus: (name) => buses.get(name),
    putBus(bus) {
      save.run(bus.name, JSON.stringify(bus));
      buses.set(bus.name, bus);
    },
    deleteBus(name) {
      drop.run(name);
      buses.delete(name);
    },
  };
}
