import type { Operation } from '../../endpoint/service.ts';
import { list, required, shape, structure, text } from '../../endpoint/shape.ts';
import { conflict, nameMember, nextPage, noGroup, notFound, pageMembers, validation } from '../members.ts';
import type { ScheduleGroup } from '../schedule-book.ts';
import type { SchedulerParts } from '../scheduler.ts';

const tags = list(structure({ Key: required(text({ min: 1, max: 128 })), Value: required(text({ max: 256 })) }));
const create = shape({ Name: required(nameMember), Tags: tags });
const named = shape({ Name: required(nameMember) });
const listed = shape({ NamePrefix: nameMember, ...pageMembers });
const arn = required(text({ min: 1, max: 1011 }));
const tagged = shape({ ResourceArn: arn, Tags: required(tags) });
const untagged = shape({ ResourceArn: arn });

/** Groups of schedules, and tags (which only groups have). */
export function groupOperations({ book, firing, arns, clock, store }: SchedulerParts): Record<string, Operation> {
  const find = (name: string): ScheduleGroup => {
    const group = book.group(name);
    if (!group) throw noGroup(name);
    return group;
  };
  const byArn = (arn: string): ScheduleGroup => {
    const name = /:schedule-group\/(.+)$/.exec(arn)?.[1];
    if (name === undefined) throw notFound(`Resource ${arn} does not exist.`);
    return find(name);
  };
  const shown = (group: ScheduleGroup) => ({
    Arn: arns.scheduleGroup(group.name),
    Name: group.name,
    State: 'ACTIVE',
    CreationDate: group.createdAt / 1000,
    LastModificationDate: group.createdAt / 1000,
  });

  return {
    CreateScheduleGroup(body) {
      const { Name, Tags = [] } = create(body);
      if (book.group(Name)) throw conflict(`Schedule group ${Name} already exists.`);
      const kept = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
      book.putGroup({ name: Name, tags: kept, createdAt: clock.now() });
      return { ScheduleGroupArn: arns.scheduleGroup(Name) };
    },
    GetScheduleGroup: (body) => shown(find(named(body).Name)),
    ListScheduleGroups(body) {
      const { NamePrefix = '', ...paging } = listed(body);
      const { items, rest } = nextPage(
        book.groups().filter(({ name }) => name.startsWith(NamePrefix)),
        paging,
      );
      return { ScheduleGroups: items.map(shown), ...rest };
    },
    DeleteScheduleGroup(body) {
      const { name } = find(named(body).Name);
      if (name === 'default') throw validation('The default schedule group cannot be deleted.');
      store.transaction(() => {
        for (const schedule of book.all()) {
          if (schedule.group !== name) continue;
          book.drop(name, schedule.name);
          firing.disarm(name, schedule.name);
        }
        book.dropGroup(name);
      });
    },
    ListTagsForResource: (body) => ({
      Tags: Object.entries(byArn(untagged(body).ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    TagResource(body) {
      const { ResourceArn, Tags } = tagged(body);
      const group = byArn(ResourceArn);
      book.putGroup({
        ...group,
        tags: { ...group.tags, ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) },
      });
    },
    UntagResource(body) {
      const group = byArn(untagged(body).ResourceArn);
      // One key comes from the URL as a text, several as a list.
      const keys = [body['TagKeys'] ?? []].flat().map(String);
      book.putGroup({
        ...group,
        tags: Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key))),
      });
    },
  };
}
