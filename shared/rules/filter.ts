import type { CustomerEvent, EventFilter } from '../events/index.ts';
import { TESTS } from './compare.ts';
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
  const tests = (filter.where ?? []).map(({ path, op, value }): CompiledFilter['fits'] => {
    const [test, steps] = [TESTS[op], splitPath(path)];
    return (event) => test(readPath(event, steps), value);
  });
  const fits = all(tests);
  const named = (name: string): boolean => (names === '*' || names.includes(name)) && !except.includes(name);
  return {
    listens: { names, except },
    paths: (filter.where ?? []).map(({ path }) => path),
    matches: (event) => named(event.name) && fits(event),
    fits,
  };
}

const always = (): boolean => true;

function all(tests: readonly CompiledFilter['fits'][]): CompiledFilter['fits'] {
  const [first, second] = tests;
  if (first === undefined) return always;
  return second === undefined ? first : (event) => tests.every((test) => test(event));
}

/** Does the event have a meant name and fit every `where`? */
export const matchesEvent = (filter: EventFilter, event: CustomerEvent): boolean =>
  compileFilter(filter).matches(event);

export function namesOf({ event }: Pick<EventFilter, 'event'>): readonly string[] | '*' {
  const list = typeof event === 'string' ? [event] : event;
  return list.includes('*') ? '*' : list;
}
