import { setTimeout as pause } from 'node:timers/promises';
import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { busEventOf, type ImportMessage } from '../../../shared/imports/index.ts';
import { BUS_NAME } from '../../topology.ts';
import { CommandError } from '../command.ts';

const PER_CALL = 10;
const BYTES_PER_CALL = 250_000;
const AT_ONCE = 8;
const ATTEMPTS = 10;

/** Puts all of them on the bus; resolves when each has been taken. @throws CommandError when the bus goes on refusing */
export async function putMessages(bus: EventBridgeClient, messages: readonly ImportMessage[]): Promise<void> {
  const calls = callsOf(messages.map(entryOf));
  const next = calls.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const call of next) await putCall(bus, call);
    }),
  );
}

function entryOf(one: ImportMessage): PutEventsRequestEntry {
  const { source, detailType, detail } = busEventOf(one);
  return { EventBusName: BUS_NAME, Source: source, DetailType: detailType, Detail: JSON.stringify(detail) };
}

function callsOf(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const calls: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail!) + 100;
    const last = calls.at(-1);
    if (last === undefined || last.length === PER_CALL || bytes + size > BYTES_PER_CALL) {
      calls.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return calls;
}

async function putCall(bus: EventBridgeClient, entries: PutEventsRequestEntry[]): Promise<void> {
  let left = entries;
  for (let attempt = 1; ; attempt++) {
    const answer = await bus.send(new PutEventsCommand({ Entries: left })).catch((cause: Error) => {
      throw new CommandError(
        {
          zh: `总线没有应答：${cause.message}。再运行一次同样的命令，会接着导入。`,
          en: `The bus could not be reached: ${cause.message}. Run the same command again to go on.`,
        },
        cause.name,
        { cause },
      );
    });
    if ((answer.FailedEntryCount ?? 0) === 0) return;
    left = left.filter((_, index) => answer.Entries?.[index]?.ErrorCode !== undefined);
    if (attempt === ATTEMPTS) {
      const why = answer.Entries?.find(({ ErrorCode }) => ErrorCode)?.ErrorMessage;
      throw new CommandError(
        {
          zh: `总线拒收了 ${left.length} 个事件：${why}。再运行一次同样的命令，会接着导入。`,
          en: `The bus refuses ${left.length} events: ${why}. Run the same command again to go on.`,
        },
        'bus-refused',
      );
    }
    await pause(Math.min(5000, 100 * 2 ** attempt));
  }
}
