import type { Operation } from '../../endpoint/service.ts';
import { flag, list, required, shape, structure, text, whole } from '../../endpoint/shape.ts';
import type { LogsParts } from '../cloudwatch-logs.ts';
import { parseFilter } from '../filter-pattern.ts';
import type { LogEvent, Place } from '../log-store.ts';
import {
  eitherMembers,
  groupMember,
  INVALID,
  invalid,
  linesMembers,
  notFound,
  prefixMembers,
  streamMember,
  timeMembers,
} from '../members.ts';

const DAY = 86_400_000;
/** Lines older or newer than AWS takes. */
const OLDEST = 14 * DAY;
const NEWEST = 2 * 3_600_000;
/** So many lines are looked at in one go. */
const CHUNK = 1000;

const line = structure({ timestamp: required(whole({ min: 0 })), message: required(text({ min: 1 })) });
const put = shape(
  {
    logGroupName: groupMember,
    logStreamName: streamMember,
    logEvents: required(list(line, { min: 1, max: 10_000 })),
  },
  INVALID,
);
const get = shape(
  { ...eitherMembers, logStreamName: streamMember, ...timeMembers, startFromHead: flag, ...linesMembers },
  INVALID,
);
const filter = shape(
  {
    ...eitherMembers,
    ...prefixMembers,
    logStreamNames: list(text({ min: 1, max: 512 }), { min: 1, max: 100 }),
    filterPattern: text({ max: 1024 }),
    ...timeMembers,
    ...linesMembers,
  },
  INVALID,
);

/** PutLogEvents, GetLogEvents, FilterLogEvents. */
export function eventOperations({ store, clock, find, flush }: LogsParts): Record<string, Operation> {
  return {
    PutLogEvents(body) {
      const { logGroupName, logStreamName, logEvents } = put(body);
      const group = find(logGroupName);
      if (!store.stream(logGroupName, logStreamName)) throw notFound('log stream');
      if (logEvents.some(({ timestamp }, n) => timestamp < (logEvents[n - 1]?.timestamp ?? 0)))
        throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
      const now = clock.now();
      const expired = now - (group.retentionDays ?? Number.POSITIVE_INFINITY) * DAY;
      const oldest = logEvents.findLastIndex(({ timestamp }) => timestamp < now - OLDEST);
      const old = logEvents.findLastIndex(({ timestamp }) => timestamp < expired);
      const tooNew = logEvents.findIndex(({ timestamp }) => timestamp > now + NEWEST);
      const taken = logEvents.slice(Math.max(oldest, old) + 1, tooNew < 0 ? undefined : tooNew);
      store.add(
        logGroupName,
        taken.map(({ timestamp, message }) => ({ stream: logStreamName, at: timestamp, message })),
        now,
      );
      const rejectedLogEventsInfo = {
        ...(oldest >= 0 && { tooOldLogEventEndIndex: oldest + 1 }),
        ...(old >= 0 && { expiredLogEventEndIndex: old + 1 }),
        ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      };
      return {
        nextSequenceToken: '0',
        ...(Object.keys(rejectedLogEventsInfo).length > 0 && { rejectedLogEventsInfo }),
      };
    },
    GetLogEvents(body) {
      flush();
      const { logGroupName, logGroupIdentifier, logStreamName, limit = 10_000, nextToken, ...rest } = get(body);
      const group = find(logGroupName ?? logGroupIdentifier).name;
      if (!store.stream(group, logStreamName)) throw notFound('log stream');
      const [direction, place] = nextToken === undefined ? [undefined, undefined] : readToken(nextToken);
      const which = {
        streams: [logStreamName],
        from: rest.startTime,
        to: rest.endTime,
        ...(direction === 'f' && { after: place }),
        ...(direction === 'b' && { before: place }),
      };
      const backwards = direction === 'b' || (direction === undefined && !rest.startFromHead);
      const events = store.read(group, which, limit, backwards);
      const [first, last] = [events[0], events.at(-1)];
      const here = place ?? [0, 0];
      return {
        events: events.map(({ at, message, ingestedAt }) => ({ timestamp: at, message, ingestionTime: ingestedAt })),
        nextForwardToken: token('f', last ? [last.at, last.row] : here),
        nextBackwardToken: token('b', first ? [first.at, first.row] : here),
      };
    },
    FilterLogEvents(body) {
      flush();
      const { logGroupName, logGroupIdentifier, limit = 10_000, nextToken, ...rest } = filter(body);
      const group = find(logGroupName ?? logGroupIdentifier).name;
      const matches = parseFilter(rest.filterPattern ?? '');
      if (!matches) throw invalid(`The filter pattern ${rest.filterPattern} is not emulated here.`);
      const prefix = rest.logStreamNamePrefix;
      const streams =
        rest.logStreamNames ??
        (prefix === undefined
          ? undefined
          : store.streams(group).flatMap(({ name }) => (name.startsWith(prefix) ? [name] : [])));
      let after: Place | undefined = nextToken === undefined ? undefined : readToken(nextToken)[1];
      const events: LogEvent[] = [];
      for (;;) {
        const which = { streams, from: rest.startTime, to: rest.endTime, after };
        const chunk = store.read(group, which, CHUNK);
        for (const event of chunk) {
          if (events.length === limit) break;
          after = [event.at, event.row];
          if (matches(event.message)) events.push(event);
        }
        if (chunk.length < CHUNK || events.length === limit) break;
      }
      const more =
        events.length === limit && after && store.read(group, { streams, to: rest.endTime, after }, 1).length > 0;
      return {
        events: events.map((event) => ({
          logStreamName: event.stream,
          timestamp: event.at,
          message: event.message,
          ingestionTime: event.ingestedAt,
          eventId: String(event.row).padStart(56, '0'),
        })),
        searchedLogStreams: [],
        ...(more && after && { nextToken: token('f', after) }),
      };
    },
  };
}

const token = (direction: 'f' | 'b', [at, row]: Place) => `${direction}/${at}/${row}`;

function readToken(text: string): [direction: 'f' | 'b', place: Place] {
  const [, direction, at, row] = /^([fb])\/(-?\d+)\/(-?\d+)$/.exec(text) ?? [];
  if (direction === undefined) throw invalid('The specified nextToken is invalid.');
  return [direction as 'f' | 'b', [Number(at), Number(row)]];
}
