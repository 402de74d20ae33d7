import type { CustomerEvent } from '../events/index.ts';

/** An event as the rules see it: its time as a number (ms since 1970), and only what a path may lead to. */
export interface Seen {
  readonly id: string;
  readonly at: number;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Where paths may begin. */
export const PATH_ROOTS = ['properties', 'traits', 'context', 'name'] as const;

export const toSeen = (event: CustomerEvent): Seen => ({
  id: event.id,
  at: Date.parse(event.at),
  name: event.name,
  properties: event.properties,
  traits: event.traits,
  context: event.context,
});

/** The one order of events: by time, then by id. */
export const inOrder = (a: Seen, b: Seen): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
