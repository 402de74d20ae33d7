import type { Arns } from '../arns.ts';
import { type RestRoute, restDoor } from '../endpoint/doors/rest.ts';
import { type EndpointService, operationTable } from '../endpoint/service.ts';
import type { Store } from '../store.ts';
import type { Deliveries } from '../targets/index.ts';
import type { Clock, TimeSource } from '../time-source.ts';
import { createFiring, type Firing } from './firing.ts';
import { groupOperations } from './operations/groups.ts';
import { scheduleOperations } from './operations/schedules.ts';
import { openScheduleBook, type ScheduleBook } from './schedule-book.ts';

/** EventBridge Scheduler: things that happen once or again and again, by the stack's clock. */
export interface Scheduler extends EndpointService {
  readonly sources: readonly TimeSource[];
}

/** What the operations work with. */
export interface SchedulerParts {
  readonly book: ScheduleBook;
  readonly firing: Firing;
  readonly deliveries: Deliveries;
  readonly store: Store;
  readonly clock: Clock;
  readonly arns: Arns;
  /** Told when something waits for its moment: time must not go back behind that. */
  readonly onUse: () => void;
}

const PAGE = { MaxResults: 'MaxResults', NextToken: 'NextToken', NamePrefix: 'NamePrefix' };
const SCHEDULE = '/schedules/{Name}';
const GROUP = '/schedule-groups/{Name}';
const TAGS = '/tags/{ResourceArn+}';
const OF_GROUP = { groupName: 'GroupName', clientToken: 'ClientToken' };

const ROUTES: readonly RestRoute[] = [
  { operation: 'CreateSchedule', method: 'POST', path: SCHEDULE },
  { operation: 'UpdateSchedule', method: 'PUT', path: SCHEDULE },
  { operation: 'GetSchedule', method: 'GET', path: SCHEDULE, query: OF_GROUP },
  { operation: 'DeleteSchedule', method: 'DELETE', path: SCHEDULE, query: OF_GROUP },
  {
    operation: 'ListSchedules',
    method: 'GET',
    path: '/schedules',
    query: { ...PAGE, ScheduleGroup: 'GroupName', State: 'State' },
  },
  { operation: 'CreateScheduleGroup', method: 'POST', path: GROUP },
  { operation: 'GetScheduleGroup', method: 'GET', path: GROUP },
  { operation: 'DeleteScheduleGroup', method: 'DELETE', path: GROUP },
  { operation: 'ListScheduleGroups', method: 'GET', path: '/schedule-groups', query: PAGE },
  { operation: 'ListTagsForResource', method: 'GET', path: TAGS },
  { operation: 'TagResource', method: 'POST', path: TAGS },
  { operation: 'UntagResource', method: 'DELETE', path: TAGS, query: { TagKeys: 'TagKeys' } },
];

export function createScheduler(options: Omit<SchedulerParts, 'book' | 'firing'>): Scheduler {
  const book = openScheduleBook(options.store, options.clock.now());
  const firing = createFiring({ ...options, book });
  const parts: SchedulerParts = { ...options, book, firing };
  return {
    names: ['scheduler'],
    doors: [restDoor(ROUTES)],
    ...operationTable('Scheduler', { ...scheduleOperations(parts), ...groupOperations(parts) }),
    sources: [firing],
  };
}
