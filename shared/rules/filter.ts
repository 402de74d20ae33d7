import type { CustomerEvent, EventFilter } from '../events/index.ts';
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
  /** Paths read by `where`. */
  readonly paths: readonly string[];
}

/** Prepares a filter for many events. */
export function compileFilter(filter: EventFilter): CompiledFilter {
  const names = namesOf(filter);
  const except = filter.except ?? [];
  const tests = (filter.where ?? []).map((test) => ({ ...test, steps: splitPath(test.path) }));
  const named = (name: string): boolean => (names === '*' || names.includes(name)) && !except.includes(name);
  return {
    listens: { names, except },
    paths: tests.map((test) => test.path),
    matches: (event) =>
      named(event.name) && tests.every((test) => compare(test.op, readPath(event, test.steps), test.value)),
  };
}

/** Does the event have a meant name and fit every `where`? */
export const matchesEvent = (filter: EventFilter, event: CustomerEvent): boolean =>
  compileFilter(filter).matches(event);

export function namesOf({ event }: Pick<EventFilter, 'event'>): readonly string[] | '*' {
  const list = typeof event === 'string' ? [event] : event;
  return list.includes('*') ? '*' : list;
}
