/**
 * A definition made ready to run: every machine in it (the definition itself, each branch, each item processor) under a
 * path, each state with its kind and query language. Kept by the caller; holds no run's data.
 */
import { DefinitionError } from './definition.ts';
import { type EventForm, NOT_TRUNCATED } from './journal.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { QUERY_LANGUAGES, type QueryLanguage } from './query/index.ts';
import { STATE_KINDS, type StateKind } from './states/index.ts';

/** A state, with all that its fields decide once and for all. */
export class State {
  readonly name: string;
  /** The machine it belongs to; machines inside it are `<path>/<name>#<part>`. */
  readonly path: string;
  readonly raw: JsonObject;
  readonly kind: StateKind;
  readonly query: QueryLanguage;
  /** What its kind has made of its fields beforehand (StateKind.prepare). */
  readonly prepared: unknown;
  /** The events of entering it (with its input) and of leaving it (with its output, and what was assigned). */
  readonly entered: EventForm<Json>;
  readonly exited: EventForm<Json, Record<string, string> | undefined>;
  /** The paths of the machines inside it, in the order of its parts. */
  readonly parts: string[] = [];
  /** Where it goes on, unless it decides that itself. */
  readonly next: string | undefined;
  following: State | undefined;

  constructor(name: string, path: string, raw: JsonObject, kind: StateKind, query: QueryLanguage) {
    this.name = name;
    this.path = path;
    this.raw = raw;
    this.kind = kind;
    this.query = query;
    this.prepared = kind.prepare?.(raw);
    this.entered = enteredEvent(kind, name);
    this.exited = exitedEvent(kind, name);
    this.next = kind.flow === 'next-or-end' && typeof raw.Next === 'string' ? raw.Next : undefined;
    this.following = undefined;
  }
}

export interface SubMachine {
  path: string;
  startAt: string;
  states: Map<string, State>;
}

export interface Machine {
  definition: JsonObject;
  root: SubMachine;
  subs: Map<string, SubMachine>;
  timeoutSeconds: number | undefined;
  /** The state last asked for: the next one asked for is most often the same. */
  last: State | undefined;
}

/** Compiles a definition (already parsed). Throws DefinitionError. */
export function compileMachine(definition: Json): Machine {
  if (!isObject(definition)) throw new DefinitionError('A definition is a JSON object');
  const { TimeoutSeconds } = definition;
  const machine: Machine = {
    definition,
    root: undefined as unknown as SubMachine,
    subs: new Map(),
    timeoutSeconds: typeof TimeoutSeconds === 'number' ? TimeoutSeconds : undefined,
    last: undefined,
  };
  machine.root = compileSub(definition, '', languageOf(definition, 'JSONPath'), machine);
  return machine;
}

const eventTypes = new Map<string, string>();

/** One text for all states of a kind: whoever looks something up by it needs not read it anew. */
function eventType({ type }: StateKind, what: 'Entered' | 'Exited'): string {
  const name = `${type}State${what}`;
  const known = eventTypes.get(name) ?? name;
  eventTypes.set(name, known);
  return known;
}

function enteredEvent(kind: StateKind, name: string): EventForm<Json> {
  return {
    type: eventType(kind, 'Entered'),
    name: 'stateEnteredEventDetails',
    details: (input, _, text) => ({ name, input: text(input), inputDetails: NOT_TRUNCATED }),
  };
}

function exitedEvent(kind: StateKind, name: string): EventForm<Json, Record<string, string> | undefined> {
  return {
    type: eventType(kind, 'Exited'),
    name: 'stateExitedEventDetails',
    details: (output, assigned, text) => ({
      name,
      output: text(output),
      outputDetails: NOT_TRUNCATED,
      ...(assigned && { assignedVariables: assigned, assignedVariablesDetails: NOT_TRUNCATED }),
    }),
  };
}

function languageOf(raw: JsonObject, inherited: string): string {
  return typeof raw.QueryLanguage === 'string' ? raw.QueryLanguage : inherited;
}

function compileSub(raw: JsonObject, path: string, language: string, machine: Machine): SubMachine {
  if (typeof raw.StartAt !== 'string' || !isObject(raw.States)) {
    throw new DefinitionError(`StartAt and States are missing in ${path || 'the definition'}`);
  }
  const sub: SubMachine = { path, startAt: raw.StartAt, states: new Map() };
  machine.subs.set(path, sub);
  for (const [name, state] of Object.entries(raw.States)) {
    if (!isObject(state)) throw new DefinitionError(`State '${name}' is not an object`);
    const own = languageOf(state, language);
    const kind = STATE_KINDS[state.Type as keyof typeof STATE_KINDS];
    const Query = QUERY_LANGUAGES[own as keyof typeof QUERY_LANGUAGES];
    if (!kind || !Query) throw new DefinitionError(`State '${name}' has an unknown Type or QueryLanguage`);
    const compiled = new State(name, path, state, kind, new Query(state));
    sub.states.set(name, compiled);
    for (const part of kind.parts?.(state) ?? []) {
      // A state's own QueryLanguage is for its own fields; machines inside take the machine's.
      const inside = `${path}/${name}#${part.name}`;
      compiled.parts.push(inside);
      compileSub(part.machine, inside, language, machine);
    }
  }
  for (const state of sub.states.values()) {
    if (state.next !== undefined) state.following = sub.states.get(state.next);
  }
  if (!sub.states.has(sub.startAt)) throw new DefinitionError(`StartAt names no state: ${sub.startAt}`);
  return sub;
}

/** A state of it, by the path of its machine and its name. */
export function stateAt(machine: Machine, path: string, name: string): State {
  const { last, root, subs } = machine;
  if (last !== undefined && last.name === name && last.path === path) return last;
  const state = (path === '' ? root : subs.get(path))?.states.get(name);
  if (!state) throw new Error(`The definition has no state '${name}' at '${path}'`);
  machine.last = state;
  return state;
}
