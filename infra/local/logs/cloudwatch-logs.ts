import type { Arns } from '../arns.ts';
import { jsonDoor } from '../endpoint/doors/json.ts';
import { type EndpointService, operationTable } from '../endpoint/service.ts';
import type { Clock } from '../time-source.ts';
import type { LogGroup, LogStore } from './log-store.ts';
import { invalid, notFound } from './members.ts';
import { eventOperations } from './operations/events.ts';
import { groupOperations } from './operations/groups.ts';

/** CloudWatch Logs: what handlers print, and what anybody puts. */
export interface CloudWatchLogs extends EndpointService {
  /** Whether there is the group of an ARN (with or without `:*` at its end). */
  hasGroup(groupArn: string): boolean;
  /** Writes lines of other services into a group given by ARN; false when there is none. */
  put(groupArn: string, stream: string, lines: readonly { timestamp: number; message: string }[]): boolean;
}

/** What the operations work with. */
export interface LogsParts {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly arns: Arns;
  /** The group by name or ARN. Throws AwsError. */
  find(nameOrArn: string | undefined): LogGroup;
  /** Lines that wait to be written are written before anybody reads. */
  flush(): void;
}

export function createCloudWatchLogs(options: Omit<LogsParts, 'find'>): CloudWatchLogs {
  const { store, clock } = options;
  const nameOf = (nameOrArn: string) => nameOrArn.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
  const parts: LogsParts = {
    ...options,
    find(nameOrArn) {
      if (nameOrArn === undefined) throw invalid('Either logGroupName or logGroupIdentifier must be given.');
      options.flush();
      const group = store.group(nameOf(nameOrArn));
      if (!group) throw notFound('log group');
      return group;
    },
  };
  return {
    names: ['logs', 'cloudwatchlogs'],
    doors: [jsonDoor('Logs_20140328')],
    ...operationTable('CloudWatch Logs', { ...groupOperations(parts), ...eventOperations(parts) }),
    hasGroup: (groupArn) => store.group(nameOf(groupArn)) !== undefined,
    put(groupArn, stream, lines) {
      const name = nameOf(groupArn);
      if (!store.group(name)) return false;
      const told = lines.map(({ timestamp: at, message }) => ({ stream, at, message }));
      store.add(name, told, clock.now());
      return true;
    },
  };
}
