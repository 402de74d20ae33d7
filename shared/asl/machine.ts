/**
 * A definition made ready to run: every machine in it (the definition itself, each branch, each item processor) under a
 * path, each state with its kind and query language. Kept by the caller; holds no run's data.
 */
import { DefinitionError } from './definition.ts';
import { type EventForm, NOT_TRUNCATED } from './journal.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { QUERY_LANGUAGES, type QueryLanguage } from './query/index.ts';
import { STATE_KINDS, type StateKind } from './states/index.ts';

export interface State {
  name: string;
  /** The machine it belongs to; machines inside it are `<path>/<name>#<part>`. */
  path: string;
  raw: JsonObject;
  kind: StateKind;
  query: QueryLanguage;
  /** The events of entering it (with its input) and of leaving it (with its output, and what was assigned). */
  entered: EventForm<Json>;
  exited: EventForm<Json, Record<string, string> | undefined>;
  /** The paths of the machines inside it, in the order of its parts. */
  parts: string[];
  /** Where it goes on, unless it decides that itself. */
  next?: string;
  following?: State;
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
  timeoutSeconds?: number;
}

/** Compiles a definition (already parsed). Throws DefinitionError. */
export function compileMachine(definition: Json): Machine {
  if (!isObject(definition)) throw new DefinitionError('A definition is a JSON object');
  const machine: Machine = { definition, root: undefined as unknown as SubMachine, subs: new Map() };
  machine.root = compileSub(definition, '', languageOf(definition, 'JSONPath'), machine);
  if (typeof definition.TimeoutSeconds === 'number') machine.timeoutSeconds = definition.TimeoutSeconds;
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

function enteredEvent(kind: StateKind, name: string): State['entered'] {
  return {
    type: eventType(kind, 'Entered'),
    name: 'stateEnteredEventDetails',
    details: (input, _, text) => ({ name, input: text(input), inputDetails: NOT_TRUNCATED }),
  };
}

function exitedEvent(kind: StateKind, name: string): State['exited'] {
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
    const query = QUERY_LANGUAGES[own as keyof typeof QUERY_LANGUAGES];
    if (!kind || !query) throw new DefinitionError(`State '${name}' has an unknown Type or QueryLanguage`);
    const compiled: State = {
      name,
      path,
      raw: state,
      kind,
      query,
      entered: enteredEvent(kind, name),
      exited: exitedEvent(kind, name),
      parts: [],
    };
    if (typeof state.Next === 'string') compiled.next = state.Next;
    sub.states.set(name, compiled);
    for (const part of kind.parts?.(state) ?? []) {
      // A state's own QueryLanguage is for its own fields; machines inside take the machine's.
      const inside = `${path}/${name}#${part.name}`;
      compiled.parts.push(inside);
      compileSub(part.machine, inside, language, machine);
    }
  }
  for (const state of sub.states.values()) {
    const following = state.next === undefined ? undefined : sub.states.get(state.next);
    if (following) state.following = following;
  }
  if (!sub.states.has(sub.startAt)) throw new DefinitionError(`StartAt names no state: ${sub.startAt}`);
  return sub;
}
