import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { MOMENT_HEADER } from '../../local/endpoint/at-moment.ts';
import { BUS_NAME } from '../../topology.ts';

/** What is put: a Segment-spec message; `timestamp` is ISO 8601, UTC. */
export interface TimedMessage {
  readonly messageId: string;
  readonly type: string;
  readonly timestamp: string;
}

export interface ReplayClock {
  /** The stack's time in ms since the epoch. */
  now(): Promise<number>;
  /** Moves on to the instant and stays there; answers once all that fell due on the way has settled. */
  moveTo(instant: string): Promise<void>;
}

/** PutEvents takes ten entries. */
const BATCH = 10;

/**
 * Puts messages, given in the order of time, on the bus at their own moments: each call has the clock moved to the
 * timestamp of its messages before it is carried out, so every timer between two orders fires between them. Messages
 * older than the clock (a replay that goes on after a crash, or a second one) are put as they are; the tables know them
 * already. What only counts, or tells others, may follow a second later, which makes thousands of small moves cheap.
 *
 * @param from where the clock stands, ms since the epoch
 */
export async function putInTimeOrder(
  messages: readonly TimedMessage[],
  source: string,
  bus: EventBridgeClient,
  from: number,
  onProgress: (put: number) => void,
): Promise<void> {
  let now = from;
  let put = 0;
  for (let start = 0; start < messages.length; ) {
    const at = Date.parse(messages[start]!.timestamp);
    let end = start + 1;
    while (end < messages.length && end - start < BATCH && belongs(messages[end]!, at, now)) end += 1;
    await putAll(messages.slice(start, end), source, bus, at > now ? messages[start]!.timestamp : undefined);
    now = Math.max(now, at);
    put += end - start;
    start = end;
    onProgress(put);
  }
}

/** Goes into the same call as one put at `at`: of the same moment, or both of the past. */
function belongs(message: TimedMessage, at: number, now: number): boolean {
  const time = Date.parse(message.timestamp);
  return time === at || time <= now;
}

/** @param moment to which the clock is moved first */
async function putAll(
  messages: readonly TimedMessage[],
  source: string,
  bus: EventBridgeClient,
  moment: string | undefined,
): Promise<void> {
  let entries = messages.map((message) => ({
    EventBusName: BUS_NAME,
    Source: source,
    DetailType: message.type,
    Detail: JSON.stringify(message),
    Time: new Date(message.timestamp),
  }));
  // PutEvents succeeds entry by entry; only those that failed are put again.
  for (let attempt = 0; entries.length > 0; attempt += 1) {
    const command = new PutEventsCommand({ Entries: entries });
    if (moment !== undefined)
      command.middlewareStack.add(
        (next) => (args) => {
          (args.request as { headers: Record<string, string> }).headers[MOMENT_HEADER] = moment;
          return next(args);
        },
        { step: 'build' },
      );
    const answer = await bus.send(command);
    const failed = entries.filter((_entry, i) => answer.Entries?.[i]?.ErrorCode !== undefined);
    if (failed.length > 0 && attempt === 4) {
      throw new Error(
        `The bus refused ${failed.length} events: ${answer.Entries?.find((e) => e.ErrorCode)?.ErrorMessage}`,
      );
    }
    entries = failed;
  }
}
