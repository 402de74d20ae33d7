import type { Operation } from '../../endpoint/service.ts';
import { flag, required, shape, structure, text } from '../../endpoint/shape.ts';
import type { Bus, Policy } from '../bus-store.ts';
import type { EventBridgeParts } from '../event-bridge.ts';
import {
  arnMember,
  BUS_NAME,
  busName,
  busNameMember,
  exists,
  given,
  keptTags,
  notFound,
  overLimit,
  page,
  pageMembers,
  parameter,
  seconds,
  tagsMember,
  validation,
} from '../members.ts';

const MAX_BUSES = 100;
const name = text({ min: 1, max: 256, pattern: BUS_NAME });
/** What is kept and shown again, without any effect here. */
const SHOWN_AGAIN = {
  KmsKeyIdentifier: text({ max: 2048 }),
  DeadLetterConfig: structure({ Arn: arnMember }),
  LogConfig: structure({ IncludeDetail: text(), Level: text() }),
};

const create = shape({
  Name: required(name),
  Description: text({ max: 512 }),
  EventSourceName: text({ min: 1, max: 256 }),
  Tags: tagsMember,
  ...SHOWN_AGAIN,
});
const update = shape({ Name: name, Description: text({ max: 512 }), ...SHOWN_AGAIN });
const describe = shape({ Name: busNameMember });
const listed = shape({ NamePrefix: name, ...pageMembers });
const deleted = shape({ Name: required(name) });
const put = shape({
  EventBusName: busNameMember,
  Action: text({ min: 1, max: 64, pattern: 'events:[a-zA-Z]+' }),
  Principal: text({ min: 1, max: 12, pattern: '(\\d{12}|\\*)' }),
  StatementId: text({ min: 1, max: 64, pattern: '[a-zA-Z0-9-_]+' }),
  Condition: structure({ Type: required(text()), Key: required(text()), Value: required(text()) }),
  Policy: text(),
});
const removed = shape({
  EventBusName: busNameMember,
  StatementId: text({ min: 1, max: 64 }),
  RemoveAllPermissions: flag,
});

/** CreateEventBus, UpdateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus, PutPermission, RemovePermission. */
export function busOperations({ buses, rules, arns, clock }: EventBridgeParts): Record<string, Operation> {
  const find = (nameOrArn: unknown): Bus => {
    const bus = buses.bus(busName(nameOrArn));
    if (!bus) throw notFound(`Event bus ${busName(nameOrArn)} does not exist.`);
    return bus;
  };
  const change = (bus: Bus, changes: Partial<Bus>) => buses.putBus({ ...bus, ...changes, changedAt: clock.now() });
  const shown = (bus: Bus) => ({
    Name: bus.name,
    Arn: arns.bus(bus.name),
    ...given({ Description: bus.description, Policy: bus.policy && JSON.stringify(bus.policy) }),
    CreationTime: seconds(bus.createdAt),
    LastModifiedTime: seconds(bus.changedAt ?? bus.createdAt),
  });

  return {
    CreateEventBus(body) {
      const { Name, Description, Tags = [], EventSourceName: _, ...more } = create(body);
      if (buses.bus(Name)) throw exists(`Event bus ${Name} already exists.`);
      if (Name.includes('/')) throw validation('Event bus name must not contain "/".');
      if (buses.buses().length >= MAX_BUSES) throw overLimit();
      buses.putBus({
        name: Name,
        createdAt: clock.now(),
        tags: keptTags(Tags),
        more: given(more),
        ...given({ description: Description }),
      });
      return { EventBusArn: arns.bus(Name), ...given({ Description, ...more }) };
    },
    UpdateEventBus(body) {
      const { Name, Description, ...more } = update(body);
      const bus = find(Name);
      change(bus, { more: { ...bus.more, ...given(more) }, ...given({ description: Description }) });
      return { Arn: arns.bus(bus.name), Name: bus.name, ...given({ Description, ...more }) };
    },
    DescribeEventBus(body) {
      const bus = find(describe(body).Name);
      return { ...shown(bus), ...bus.more };
    },
    ListEventBuses(body) {
      const { NamePrefix = '', ...paging } = listed(body);
      const { items, rest } = page(
        buses.buses().filter((bus) => bus.name.startsWith(NamePrefix)),
        paging,
      );
      return { EventBuses: items.map(shown), ...rest };
    },
    DeleteEventBus(body) {
      const { Name } = deleted(body);
      if (Name === 'default') throw validation('Cannot delete event bus default.');
      if (rules.rules(Name).length > 0)
        throw validation(`Event bus ${Name} can't be deleted since it has rules. Delete them first.`);
      buses.deleteBus(Name);
    },
    PutPermission(body) {
      const { EventBusName, Action, Principal, StatementId, Condition, Policy } = put(body);
      const bus = find(EventBusName);
      if (Policy !== undefined) return change(bus, { policy: readPolicy(Policy) });
      if (!Action || !Principal || !StatementId)
        throw validation('Parameters Action, Principal and StatementId must be specified.');
      const Statement = (bus.policy?.Statement ?? []).filter((one) => one['Sid'] !== StatementId);
      const statement = {
        Sid: StatementId,
        Effect: 'Allow',
        Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
        Action,
        Resource: arns.bus(bus.name),
        ...(Condition && { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
      };
      change(bus, { policy: { Version: '2012-10-17', Statement: [...Statement, statement] } });
    },
    RemovePermission(body) {
      const { EventBusName, StatementId, RemoveAllPermissions } = removed(body);
      const { policy, ...bus } = find(EventBusName);
      if (RemoveAllPermissions) return change(bus, {});
      if (StatementId === undefined) throw validation('Parameter StatementId is required.');
      const Statement = (policy?.Statement ?? []).filter((one) => one['Sid'] !== StatementId);
      if (!policy || Statement.length === policy.Statement.length)
        throw notFound('Statement with the provided id does not exist.');
      change(bus, Statement.length > 0 ? { policy: { ...policy, Statement } } : {});
    },
  };
}

function readPolicy(text: string): Policy {
  try {
    const policy = JSON.parse(text) as Partial<Policy>;
    const Statement = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
    return { Version: policy.Version ?? '2012-10-17', Statement: Statement as Policy['Statement'] };
  } catch {
    throw parameter('policy', 'Invalid JSON.');
  }
}
