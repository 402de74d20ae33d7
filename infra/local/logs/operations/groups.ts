import type { Operation } from '../../endpoint/service.ts';
import { flag, list, required, shape, text, whole } from '../../endpoint/shape.ts';
import type { LogsParts } from '../cloudwatch-logs.ts';
import type { LogGroup, LogStream } from '../log-store.ts';
import {
  eitherMembers,
  exists,
  groupMember,
  INVALID,
  invalid,
  nextPage,
  notFound,
  pageMembers,
  prefixMembers,
  streamMember,
  tagsMember,
} from '../members.ts';

/** The days that AWS lets one choose. */
const DAYS = new Set([
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
]);

const createGroup = shape({ logGroupName: groupMember, tags: tagsMember }, INVALID);
const named = shape({ logGroupName: groupMember }, INVALID);
const listed = shape({ ...prefixMembers, logGroupNamePattern: text({ max: 512 }), ...pageMembers }, INVALID);
const retained = shape({ logGroupName: groupMember, retentionInDays: required(whole()) }, INVALID);
const ofStream = shape({ logGroupName: groupMember, logStreamName: streamMember }, INVALID);
const streams = shape(
  {
    ...eitherMembers,
    ...prefixMembers,
    orderBy: text({ oneOf: ['LogStreamName', 'LastEventTime'] }),
    descending: flag,
    ...pageMembers,
  },
  INVALID,
);
const byArn = shape({ resourceArn: required(text()), tags: tagsMember, tagKeys: list(text()) }, INVALID);

/** Groups and streams of CloudWatch Logs. */
export function groupOperations(logs: LogsParts): Record<string, Operation> {
  const { store, arns, clock, find, flush } = logs;
  const shownGroup = (group: LogGroup) => ({
    logGroupName: group.name,
    creationTime: group.createdAt,
    metricFilterCount: 0,
    arn: `${arns.logGroup(group.name)}:*`,
    logGroupArn: arns.logGroup(group.name),
    storedBytes: store.bytes(group.name),
    logGroupClass: 'STANDARD',
    ...(group.retentionDays !== undefined && { retentionInDays: group.retentionDays }),
  });
  const shownStream = (stream: LogStream) => ({
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    arn: `${arns.logGroup(stream.group)}:log-stream:${stream.name}`,
    storedBytes: 0,
    ...(stream.firstAt !== undefined && { firstEventTimestamp: stream.firstAt }),
    ...(stream.lastAt !== undefined && { lastEventTimestamp: stream.lastAt }),
    ...(stream.ingestedAt !== undefined && { lastIngestionTime: stream.ingestedAt, uploadSequenceToken: '0' }),
  });
  const tagged = (arn: string): LogGroup => find(arn.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, ''));

  return {
    CreateLogGroup(body) {
      const { logGroupName, tags } = createGroup(body);
      if (store.group(logGroupName)) throw exists('log group');
      store.putGroup({ name: logGroupName, createdAt: clock.now(), ...(tags && { tags }) });
    },
    DeleteLogGroup: (body) => store.dropGroup(find(named(body).logGroupName).name),
    DescribeLogGroups(body) {
      flush();
      const { logGroupNamePrefix = '', logGroupNamePattern = '', ...paging } = listed(body);
      const found = store
        .groups()
        .filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.includes(logGroupNamePattern));
      const { items, rest } = nextPage(found, paging);
      return { logGroups: items.map(shownGroup), ...rest };
    },
    PutRetentionPolicy(body) {
      const { logGroupName, retentionInDays } = retained(body);
      if (!DAYS.has(retentionInDays))
        throw invalid(
          `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${[...DAYS].join(', ')}]`,
        );
      store.putGroup({ ...find(logGroupName), retentionDays: retentionInDays });
    },
    DeleteRetentionPolicy(body) {
      const { retentionDays: _, ...group } = find(named(body).logGroupName);
      store.putGroup(group);
    },
    CreateLogStream(body) {
      const { logGroupName, logStreamName } = ofStream(body);
      find(logGroupName);
      if (store.stream(logGroupName, logStreamName)) throw exists('log stream');
      store.addStream(logGroupName, logStreamName, clock.now());
    },
    DeleteLogStream(body) {
      const { logGroupName, logStreamName } = ofStream(body);
      find(logGroupName);
      if (!store.stream(logGroupName, logStreamName)) throw notFound('log stream');
      store.dropStream(logGroupName, logStreamName);
    },
    DescribeLogStreams(body) {
      flush();
      const { logStreamNamePrefix = '', orderBy, descending, logGroupNamePrefix: _, ...rest } = streams(body);
      const { logGroupName, logGroupIdentifier, ...paging } = rest;
      const found = store
        .streams(find(logGroupName ?? logGroupIdentifier).name)
        .filter(({ name }) => name.startsWith(logStreamNamePrefix));
      if (orderBy === 'LastEventTime') found.sort((a, b) => (a.lastAt ?? 0) - (b.lastAt ?? 0));
      if (descending) found.reverse();
      const { items, rest: more } = nextPage(found, paging);
      return { logStreams: items.map(shownStream), ...more };
    },
    ListTagsForResource: (body) => ({ tags: tagged(byArn(body).resourceArn).tags ?? {} }),
    TagResource(body) {
      const { resourceArn, tags = {} } = byArn(body);
      const group = tagged(resourceArn);
      store.putGroup({ ...group, tags: { ...group.tags, ...tags } });
    },
    UntagResource(body) {
      const { resourceArn, tagKeys = [] } = byArn(body);
      const group = tagged(resourceArn);
      const kept = Object.entries(group.tags ?? {}).filter(([key]) => !tagKeys.includes(key));
      store.putGroup({ ...group, tags: Object.fromEntries(kept) });
    },
  };
}
