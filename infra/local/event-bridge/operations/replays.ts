import type { Operation } from '../../endpoint/service.ts';
import { instant, list, required, shape, structure, text } from '../../endpoint/shape.ts';
import { AwsError } from '../../time-source.ts';
import type { EventBridgeParts } from '../event-bridge.ts';
import {
  arnMember,
  busName,
  exists,
  given,
  NAME,
  notFound,
  overLimit,
  page,
  pageMembers,
  parameter,
  seconds,
  validation,
} from '../members.ts';
import { isOver, type Replay } from '../replays.ts';

/** AWS's limit of replays at a time. */
const MAX_ACTIVE = 10;

const replayName = text({ min: 1, max: 64, pattern: NAME });
const start = shape({
  ReplayName: required(replayName),
  Description: text({ max: 512 }),
  EventSourceArn: required(arnMember),
  EventStartTime: required(instant),
  EventEndTime: required(instant),
  Destination: required(structure({ Arn: required(arnMember), FilterArns: list(text({ min: 1, max: 1600 })) })),
});
const named = shape({ ReplayName: required(replayName) });
const STATES = ['STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'];
const listed = shape({
  NamePrefix: replayName,
  EventSourceArn: arnMember,
  State: text({ oneOf: STATES }),
  ...pageMembers,
});

/** StartReplay, DescribeReplay, ListReplays, CancelReplay. */
export function replayOperations({ buses, archives, replays, arns }: EventBridgeParts): Record<string, Operation> {
  const find = (name: string): Replay => {
    const replay = replays.get(name);
    if (!replay) throw notFound(`Replay ${name} does not exist.`);
    return replay;
  };
  const shown = (replay: Replay) => ({
    ReplayName: replay.name,
    EventSourceArn: arns.archive(replay.archive),
    State: replay.state,
    EventStartTime: seconds(replay.from),
    EventEndTime: seconds(replay.to),
    ReplayStartTime: seconds(replay.startedAt),
    ...(replay.last && { EventLastReplayedTime: seconds(replay.last.at) }),
    ...(replay.endedAt !== undefined && { ReplayEndTime: seconds(replay.endedAt) }),
  });

  return {
    StartReplay(body) {
      const { ReplayName, Description, EventSourceArn, EventStartTime, EventEndTime, Destination } = start(body);
      if (!/:event-bus\/.+$/.test(Destination.Arn))
        throw parameter('Destination.Arn', 'Must contain an event bus ARN.');
      const bus = busName(Destination.Arn);
      if (!buses.bus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
      const name = /:archive\/(.+)$/.exec(EventSourceArn)?.[1] ?? EventSourceArn;
      const archive = archives.get(name);
      if (!archive) throw parameter('EventSourceArn', `Archive ${name} does not exist.`);
      if (archive.bus !== bus) throw parameter('Destination.Arn', 'Cross event bus replay is not permitted.');
      if (EventStartTime >= EventEndTime)
        throw parameter('EventEndTime', 'EventStartTime must be before EventEndTime.');
      if (replays.get(ReplayName)) throw exists(`Replay ${ReplayName} already exists.`);
      if (replays.all().filter((replay) => !isOver(replay)).length >= MAX_ACTIVE) throw overLimit();
      const replay = replays.start({
        name: ReplayName,
        archive: archive.name,
        bus,
        from: EventStartTime,
        to: EventEndTime,
        ...given({ description: Description, ruleArns: Destination.FilterArns }),
      });
      return {
        ReplayArn: arns.replay(ReplayName),
        State: replay.state,
        ReplayStartTime: seconds(replay.startedAt),
      };
    },
    DescribeReplay(body) {
      const replay = find(named(body).ReplayName);
      return {
        ReplayArn: arns.replay(replay.name),
        ...given({ Description: replay.description }),
        Destination: { Arn: arns.bus(replay.bus), ...given({ FilterArns: replay.ruleArns }) },
        ...shown(replay),
      };
    },
    ListReplays(body) {
      const { NamePrefix, EventSourceArn, State, ...paging } = listed(body);
      if ([NamePrefix, EventSourceArn, State].filter((one) => one !== undefined).length > 1)
        throw validation(
          'At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.',
        );
      const found = replays
        .all()
        .filter(({ name }) => name.startsWith(NamePrefix ?? ''))
        .filter(({ archive }) => EventSourceArn === undefined || arns.archive(archive) === EventSourceArn)
        .filter(({ state }) => State === undefined || state === State);
      const { items, rest } = page(found, paging);
      return { Replays: items.map(shown), ...rest };
    },
    CancelReplay(body) {
      const replay = find(named(body).ReplayName);
      if (replay.state !== 'STARTING' && replay.state !== 'RUNNING')
        throw new AwsError(
          'IllegalStatusException',
          `Replay ${replay.name} is not in a valid state for this operation.`,
        );
      return { ReplayArn: arns.replay(replay.name), State: replays.cancel(replay).state };
    },
  };
}
