import type { Arns } from '../arns.ts';
import { AwsError, type Clock } from '../time-source.ts';
import { busName } from './put-events.ts';
import type { Bus, RuleStore } from './rule-store.ts';
import { BUS_NAME, notFound, page, text, validation } from './validation.ts';

/** CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus. */
export function busOperations({ rules, arns, clock }: { rules: RuleStore; arns: Arns; clock: Clock }) {
  const shown = (bus: Bus) => ({
    Name: bus.name,
    Arn: arns.bus(bus.name),
    ...(bus.description === undefined ? {} : { Description: bus.description }),
    CreationTime: bus.createdAt / 1000,
    LastModifiedTime: bus.createdAt / 1000,
  });
  return {
    CreateEventBus(body: Record<string, unknown>) {
      const name = text(body, 'Name', BUS_NAME, 256);
      if (rules.bus(name)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      if (name.includes('/')) throw validation('Event bus name must not contain "/".');
      const description = body['Description'] === undefined ? {} : { description: String(body['Description']) };
      rules.putBus({ name, createdAt: clock.now(), ...description });
      return { EventBusArn: arns.bus(name), ...(body['Description'] ? { Description: body['Description'] } : {}) };
    },
    DescribeEventBus(body: Record<string, unknown>) {
      const bus = rules.bus(busName(body['Name']));
      if (!bus) throw notFound(`Event bus ${busName(body['Name'])} does not exist.`);
      return shown(bus);
    },
    ListEventBuses(body: Record<string, unknown>) {
      const prefix = String(body['NamePrefix'] ?? '');
      const { items, ...rest } = page(
        rules.buses().filter((bus) => bus.name.startsWith(prefix)),
        body,
      );
      return { EventBuses: items.map(shown), ...rest };
    },
    DeleteEventBus(body: Record<string, unknown>) {
      const name = text(body, 'Name', BUS_NAME, 256);
      if (name === 'default') throw validation('Cannot delete event bus default.');
      if (rules.rules(name).length > 0) throw validation(`Event bus ${name} has rules: delete them first.`);
      rules.deleteBus(name);
    },
  };
}
