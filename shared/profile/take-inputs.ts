import type { CustomerEvent } from '../events/index.ts';
import { msOf } from '../instants.ts';
import { type CompiledRuleset, type Keep, Picker } from '../tags/index.ts';
import type { Memory, Open, OpenEvent } from './memory.ts';
import type { ProfileInput } from './profile.ts';
import type { CustomerState } from './state.ts';

const MINUTE = 60_000;

export interface Taken {
  /** What is to be folded, in no order. */
  readonly entries: Open[];
  readonly firstSeenAt: string | undefined;
  readonly lastSeenAt: string | undefined;
}

/** What of the inputs is to be folded: events that rules read and that are not open already, and tags set by hand. */
export function takeInputs(
  state: CustomerState,
  memory: Memory,
  inputs: readonly ProfileInput[],
  rules: CompiledRuleset,
  now: string,
  nowMs: number,
): Taken {
  const { last } = memory.head;
  let entries: Open[] | undefined;
  let { firstSeenAt, lastSeenAt } = state;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as ProfileInput;
    if (input.type === 'event') {
      const { event } = input;
      const at = event.at === now ? nowMs : msOf(event.at);
      const entry = toOpen(event, at, nowMs, rules, memory);
      // What is open happened by the last instant.
      const known = entry === undefined || (at <= last && has(memory.open, entry, true)) || has(entries, entry, false);
      if (!known) entries = added(entries, entry);
      if (lastSeenAt === undefined || event.at > lastSeenAt) {
        lastSeenAt = event.at;
        firstSeenAt ??= event.at;
      } else if (firstSeenAt === undefined || event.at < firstSeenAt) firstSeenAt = event.at;
    } else if (input.type === 'tag') {
      const { op, key, cause, by, depth, at } = input;
      entries = added(entries, {
        at: at === undefined ? nowMs : msOf(at),
        op,
        key,
        ref: cause,
        by: by ?? 'manual',
        ...(depth ? { depth } : {}),
      });
    }
  }
  return { entries: entries ?? [], firstSeenAt, lastSeenAt };
}

/** Mostly there is one: an empty list that is pushed to makes room for seventeen. */
function added(entries: Open[] | undefined, entry: Open): Open[] {
  if (entries === undefined) return [entry];
  entries.push(entry);
  return entries;
}

/**
 * Only what the rules read; undefined when none listens. While nothing was settled yet, the very first events are open
 * whether or not a rule listens.
 */
function toOpen(
  event: CustomerEvent,
  at: number,
  nowMs: number,
  rules: CompiledRuleset,
  { base }: Memory,
): OpenEvent | undefined {
  const { leaves, families, keep } = rules.route(event.name);
  const traits = event.name === '$identify' ? event.traits : undefined;
  if (leaves.length === 0 && families.length === 0 && traits === undefined && base.last > -Infinity) return undefined;
  const { properties, context, traits: read } = keep;
  const picker = new Picker();
  const ofProperties = properties && part(picker, event.properties, properties);
  const ofContext = context && part(picker, event.context, context);
  const ofTraits = traits === undefined ? read && part(picker, event.traits, read) : part(picker, traits, ALL);
  return {
    at,
    id: event.id,
    name: event.name,
    late: nowMs > at ? Math.ceil((nowMs - at) / MINUTE) : 0,
    chars: picker.chars,
    properties: ofProperties,
    context: ofContext,
    traits: ofTraits,
  };
}

type Part = OpenEvent['properties'];

const ALL: Keep = [];

const part = (picker: Picker, value: Part, keep: Keep): Part => value && (picker.pick(value, keep) as Part);

/** An event is known by its time and its id, as its row in the table is. The last ones are looked at first. */
function has(entries: readonly Open[] = [], { at, id }: OpenEvent, sorted: boolean): boolean {
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as Open;
    if (sorted && entry.at < at) return false;
    if (entry.at === at && 'id' in entry && entry.id === id) return true;
  }
  return false;
}
