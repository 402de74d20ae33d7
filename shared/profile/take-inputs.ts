import type { CustomerEvent } from '../events/index.ts';
import { msOf } from '../instants.ts';
import { type CompiledRuleset, charsOf, pick } from '../tags/index.ts';
import type { Open, OpenEvent } from './memory.ts';
import type { ProfileInput } from './profile.ts';
import type { CustomerState } from './state.ts';

const MINUTE = 60_000;

export interface Taken {
  /** What is to be folded, in no order. */
  readonly entries: Open[];
  readonly firstSeenAt: string | undefined;
  readonly lastSeenAt: string | undefined;
}

/**
 * What of the inputs is to be folded: events that rules read and that are not open already, and tags set by hand.
 *
 * @param first nothing was settled yet: the very first events are open whether or not a rule listens
 */
export function takeInputs(
  state: CustomerState,
  open: readonly Open[],
  inputs: readonly ProfileInput[],
  rules: CompiledRuleset,
  now: string,
  nowMs: number,
  first: boolean,
): Taken {
  const entries: Open[] = [];
  let { firstSeenAt, lastSeenAt } = state;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as ProfileInput;
    if (input.type === 'event') {
      const { event } = input;
      const at = event.at === now ? nowMs : msOf(event.at);
      const entry = toOpen(event, at, nowMs, rules, first);
      if (entry !== undefined && !has(open, entry, true) && !has(entries, entry, false)) entries.push(entry);
      if (firstSeenAt === undefined || event.at < firstSeenAt) firstSeenAt = event.at;
      if (lastSeenAt === undefined || event.at > lastSeenAt) lastSeenAt = event.at;
    } else if (input.type === 'tag') {
      const { op, key, cause, by, depth, at } = input;
      entries.push({
        at: at === undefined ? nowMs : msOf(at),
        op,
        key,
        ref: cause,
        by: by ?? 'manual',
        ...(depth ? { depth } : {}),
      });
    }
  }
  return { entries, firstSeenAt, lastSeenAt };
}

/** Only what the rules read; undefined when none listens. */
function toOpen(
  event: CustomerEvent,
  at: number,
  nowMs: number,
  rules: CompiledRuleset,
  first: boolean,
): OpenEvent | undefined {
  const { leaves, families, keep } = rules.route(event.name);
  const traits = event.name === '$identify' ? event.traits : undefined;
  if (leaves.length === 0 && families.length === 0 && traits === undefined && !first) return undefined;
  const { properties, context, traits: read } = keep;
  const came = nowMs > at ? at + Math.ceil((nowMs - at) / MINUTE) * MINUTE : at;
  const kept: { -readonly [K in keyof OpenEvent]: OpenEvent[K] } = {
    at,
    id: event.id,
    name: event.name,
    came,
    chars: 0,
  };
  let chars = 0;
  if (properties) {
    kept.properties = pick(event.properties, properties) as OpenEvent['properties'];
    chars += charsOf(kept.properties, properties);
  }
  if (context && event.context) {
    kept.context = pick(event.context, context) as OpenEvent['context'];
    chars += charsOf(kept.context, context);
  }
  if (traits) kept.traits = traits;
  else if (read && event.traits) kept.traits = pick(event.traits, read) as OpenEvent['traits'];
  if (kept.traits !== undefined) chars += charsOf(kept.traits);
  kept.chars = chars;
  return kept;
}

/** An event is known by its time and its id, as its row in the table is. The last ones are looked at first. */
function has(entries: readonly Open[], { at, id }: OpenEvent, sorted: boolean): boolean {
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as Open;
    if (sorted && entry.at < at) return false;
    if (entry.at === at && 'id' in entry && entry.id === id) return true;
  }
  return false;
}
