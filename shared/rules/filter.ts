import type { CustomerEvent, EventFilter, PropertyFilter } from '../events/index.ts';
import { compare } from './compare.ts';
import { readPath, splitPath } from './read-path.ts';
import type { Seen } from './seen.ts';

/** Which event names a rule must be shown. */
export interface Listens {
  readonly names: readonly string[] | '*';
  readonly except: readonly string[];
}

export interface CompiledFilter {
  readonly listens: Listens;
  readonly matches: (event: Seen | CustomerEvent) => boolean;
  /** The same of an event whose name is known to be meant. */
  readonly fits: (event: Seen | CustomerEvent) => boolean;
  /** Paths read by `where`. */
  readonly paths: readonly string[];
}

/** Prepares a filter for many events. */
export function compileFilter(filter: EventFilter): CompiledFilter {
  const names = namesOf(filter);
  const except = filter.except ?? [];
  const tests = (filter.where ?? []).map((test) => ({ ...test, steps: splitPath(test.path) }));
  const fits =
    tests.length === 0 ? always : (event: Seen | CustomerEvent) => tests.every((test) => fitsTest(test, event));
  const named = (name: string): boolean => (names === '*' || names.includes(name)) && !except.includes(name);
  return {
    listens: { names, except },
    paths: tests.map((test) => test.path),
    matches: (event) => named(event.name) && fits(event),
    fits,
  };
}

const always = (): boolean => true;

const fitsTest = (
  { op, steps, value }: PropertyFilter & { readonly steps: readonly string[] },
  event: Seen | CustomerEvent,
): boolean => compare(op, readPath(event, steps), value);

/** Does the event have a meant name and fit every `where`? */
export const matchesEvent = (filter: EventFilter, event: CustomerEvent): boolean =>
  compileFilter(filter).matches(event);

export function namesOf({ event }: Pick<EventFilter, 'event'>): readonly string[] | '*' {
  const list = typeof event === 'string' ? [event] : event;
  return list.includes('*') ? '*' : list;
}
