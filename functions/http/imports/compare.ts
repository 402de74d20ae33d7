import { type CustomerEvent, parseEvent } from '../../../shared/events/index.ts';
import { type Compared, type ImportMessage, messagesOf, type Outcome } from '../../../shared/imports/index.ts';
import { now } from '../../ports/clock/index.ts';
import { keptAlready, type Loaded, loadStates } from '../../ports/profiles/index.ts';

/** What these rows would do to what is there now. Rows of one file that change the same are each compared with that. */
export async function compareWithKept(outcomes: readonly Outcome[]): Promise<Compared> {
  const messages = messagesOf(outcomes);
  const states = await loadStates([...new Set(messages.map(customerOf))]);
  const stateOf = (message: ImportMessage): Loaded => states.get(customerOf(message))!;
  const events = new Map(messages.map((one) => [one, eventOf(one)]));
  const kept = await keptAlready(
    [...events.values()].filter((event) => event !== undefined),
    (id) => states.get(id)!.customer,
  );
  const isKept = (one: ImportMessage): boolean => {
    const event = events.get(one);
    return event !== undefined && kept(event);
  };

  const found = { fresh: 0, changed: 0, same: 0 };
  for (const outcome of outcomes) {
    if (!('messages' in outcome)) continue;
    const [first] = outcome.messages;
    if (first === undefined) continue;
    const about = outcome.messages.some(({ message }) => message.type === 'identify');
    if (stateOf(first).version === 0) found.fresh++;
    else if (outcome.messages.every((one) => isKept(one) || saysNothingNew(one, stateOf(one)))) found.same++;
    else if (about) found.changed++;
    else found.fresh++;
  }
  const strangers = [...states].filter(([, { version }]) => version === 0).map(([id]) => id);
  return { ...found, strangers };
}

const customerOf = ({ message }: ImportMessage): string => String(message['userId'] ?? message['anonymousId']);

function eventOf({ message }: ImportMessage): CustomerEvent | undefined {
  const parsed = parseEvent(message, { time: message.timestamp }, now());
  return parsed.ok ? parsed.event : undefined;
}

/** Traits that she has, and tags that she holds. */
function saysNothingNew({ message, tags = [] }: ImportMessage, { state }: Loaded): boolean {
  if (message.type !== 'identify') return false;
  const traits = Object.entries((message['traits'] ?? {}) as Record<string, unknown>);
  return (
    traits.every(([name, value]) => JSON.stringify(state.traits[name]) === JSON.stringify(value)) &&
    tags.every((key) => key in state.tags)
  );
}
