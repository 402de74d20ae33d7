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
  /** Writes an event of a rule into a group given by ARN; false when there is none. */
  write(groupArn: string, message: string): boolean;
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
    label: 'CloudWatch Logs',
    names: ['logs', 'cloudwatchlogs'],
    doors: [jsonDoor('Logs_20140328')],
    handle: operationTable('CloudWatch Logs', { ...groupOperations(parts), ...eventOperations(parts) }),
    write(groupArn, message) {
      const name = nameOf(groupArn);
      if (!store.group(name)) return false;
      const now = clock.now();
      store.add(name, [{ stream: 'events', at: now, message }], now);
      return true;
    },
  };
}
