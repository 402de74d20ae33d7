import type { HistoryEvent } from '../api/types.ts';

/** What a state sent to the function behind it and what came back; of several tries the last. */
export interface Exchange {
  readonly sent?: unknown;
  readonly answered?: unknown;
}

type Details = Readonly<Record<string, unknown>> | undefined;

const detail = (event: HistoryEvent, name: string): Details => event[name] as Details;

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The function's own part of what the Lambda integration passes on; a task's answer by token comes without it. */
const payload = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'Payload' in value ? value.Payload : value;

/**
 * The exchanges of an execution's history, one for each state entered, in that order: the same order as the run's
 * steps. States that call nothing have an empty one.
 */
export function exchangesOf(history: readonly HistoryEvent[]): readonly Exchange[] {
  const exchanges: { sent?: unknown; answered?: unknown }[] = [];
  for (const event of history) {
    if (detail(event, 'stateEnteredEventDetails')?.['name'] !== undefined) exchanges.push({});
    const current = exchanges.at(-1);
    if (current === undefined) continue;
    const scheduled = detail(event, 'taskScheduledEventDetails');
    if (scheduled?.['parameters'] !== undefined) {
      current.sent = payload(parsed(scheduled['parameters']));
      delete current.answered;
    }
    const succeeded = detail(event, 'taskSucceededEventDetails');
    if (succeeded?.['output'] !== undefined) current.answered = payload(parsed(succeeded['output']));
  }
  return exchanges;
}
