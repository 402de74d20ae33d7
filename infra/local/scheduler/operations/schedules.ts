import { isZone, parseExpression } from '../../../../shared/schedule-expressions/index.ts';
import type { Operation } from '../../endpoint/service.ts';
import { instant, required, shape, structure, text, whole } from '../../endpoint/shape.ts';
import { conflict, nameMember, nextPage, noGroup, notFound, pageMembers, validation } from '../members.ts';
import type { Schedule } from '../schedule-book.ts';
import type { SchedulerParts } from '../scheduler.ts';

const target = structure(
  {
    Arn: required(text({ min: 1, max: 1600 })),
    RoleArn: required(text({ min: 1, max: 1600, pattern: '^arn:aws(-[a-z]+)?:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+$' })),
    Input: text({ min: 1 }),
    RetryPolicy: structure({
      MaximumRetryAttempts: whole({ min: 0, max: 185 }),
      MaximumEventAgeInSeconds: whole({ min: 60, max: 86_400 }),
    }),
    DeadLetterConfig: structure({ Arn: text({ min: 1, max: 1600 }) }),
  },
  { open: true },
);
const put = shape({
  Name: required(nameMember),
  GroupName: nameMember,
  ScheduleExpression: required(text({ min: 1, max: 256 })),
  ScheduleExpressionTimezone: text({ min: 1, max: 50 }),
  State: text({ oneOf: ['ENABLED', 'DISABLED'] }),
  StartDate: instant,
  EndDate: instant,
  Description: text({ max: 512 }),
  KmsKeyArn: text({ min: 1, max: 2048 }),
  FlexibleTimeWindow: required(
    structure({
      Mode: required(text({ oneOf: ['OFF', 'FLEXIBLE'] })),
      MaximumWindowInMinutes: whole({ min: 1, max: 1440 }),
    }),
  ),
  Target: required(target),
  ActionAfterCompletion: text({ oneOf: ['NONE', 'DELETE'] }),
  ClientToken: text({ min: 1, max: 64, pattern: '^[a-zA-Z0-9-_]+$' }),
});
const named = shape({ Name: required(nameMember), GroupName: nameMember });
const listed = shape({
  GroupName: nameMember,
  NamePrefix: nameMember,
  State: text({ oneOf: ['ENABLED', 'DISABLED'] }),
  ...pageMembers,
});

/** CreateSchedule, GetSchedule, UpdateSchedule, DeleteSchedule, ListSchedules. */
export function scheduleOperations(parts: SchedulerParts): Record<string, Operation> {
  const { book, firing, arns, clock, deliveries, store } = parts;
  const find = (body: { Name: string; GroupName?: string | undefined }): Schedule => {
    const { Name, GroupName = 'default' } = body;
    if (!book.group(GroupName)) throw noGroup(GroupName);
    const schedule = book.get(GroupName, Name);
    if (!schedule) throw notFound(`Schedule ${Name} does not exist.`);
    return schedule;
  };

  function read(body: ReturnType<typeof put>, createdAt: number): Schedule {
    const { GroupName = 'default', ScheduleExpressionTimezone: zone = 'UTC', StartDate, EndDate } = body;
    if (!book.group(GroupName)) throw noGroup(GroupName);
    if (!isZone(zone)) throw validation(`Invalid ScheduleExpressionTimezone ${zone}.`);
    if (!parseExpression(body.ScheduleExpression, { zone }))
      throw validation(`Invalid Schedule Expression ${body.ScheduleExpression}.`);
    if (StartDate !== undefined && EndDate !== undefined && EndDate <= StartDate)
      throw validation('The EndDate must come after the StartDate.');
    const { Mode, MaximumWindowInMinutes } = body.FlexibleTimeWindow;
    if ((Mode === 'FLEXIBLE') !== (MaximumWindowInMinutes !== undefined))
      throw validation(
        Mode === 'FLEXIBLE'
          ? 'MaximumWindowInMinutes must be provided when flexible time window mode is set to FLEXIBLE.'
          : 'MaximumWindowInMinutes cannot be provided when flexible time window mode is set to OFF.',
      );
    const { Arn } = body.Target;
    if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(Arn)) throw validation(`Provided Arn is not in correct format.`);
    const missing = (one: string) => `${one} must be specified for the target ${Arn}.`;
    const refusal = deliveries.kindOf(Arn, 'schedules').refusal?.(body.Target, { caller: 'schedules', missing });
    if (refusal) throw validation(refusal);
    return {
      group: GroupName,
      name: body.Name,
      expression: body.ScheduleExpression,
      zone,
      enabled: body.State !== 'DISABLED',
      window: body.FlexibleTimeWindow,
      target: body.Target,
      deleteWhenDone: body.ActionAfterCompletion === 'DELETE',
      createdAt,
      changedAt: clock.now(),
      ...(StartDate !== undefined && { start: StartDate }),
      ...(EndDate !== undefined && { end: EndDate }),
      ...(body.Description !== undefined && { description: body.Description }),
      ...(body.KmsKeyArn !== undefined && { kmsKeyArn: body.KmsKeyArn }),
      ...(body.ClientToken !== undefined && { token: body.ClientToken }),
    };
  }
  const keep = (schedule: Schedule) => {
    parts.onUse();
    store.transaction(() => {
      book.put(schedule);
      firing.arm(schedule);
    });
    return { ScheduleArn: arns.schedule(schedule.group, schedule.name) };
  };
  const summary = (schedule: Schedule) => ({
    Arn: arns.schedule(schedule.group, schedule.name),
    Name: schedule.name,
    GroupName: schedule.group,
    State: schedule.enabled ? 'ENABLED' : 'DISABLED',
    CreationDate: schedule.createdAt / 1000,
    LastModificationDate: schedule.changedAt / 1000,
  });

  return {
    CreateSchedule(body) {
      const wanted = put(body);
      const schedule = read(wanted, clock.now());
      const before = book.get(schedule.group, schedule.name);
      if (!before) return keep(schedule);
      if (wanted.ClientToken === undefined || wanted.ClientToken !== before.token)
        throw conflict(`Schedule ${schedule.name} already exists.`);
      return { ScheduleArn: arns.schedule(before.group, before.name) };
    },
    UpdateSchedule(body) {
      const wanted = put(body);
      return keep(read(wanted, find(wanted).createdAt));
    },
    GetSchedule(body) {
      const schedule = find(named(body));
      return {
        ...summary(schedule),
        ScheduleExpression: schedule.expression,
        ScheduleExpressionTimezone: schedule.zone,
        FlexibleTimeWindow: schedule.window,
        Target: shownTarget(schedule.target),
        ActionAfterCompletion: schedule.deleteWhenDone ? 'DELETE' : 'NONE',
        ...(schedule.start !== undefined && { StartDate: schedule.start / 1000 }),
        ...(schedule.end !== undefined && { EndDate: schedule.end / 1000 }),
        ...(schedule.description !== undefined && { Description: schedule.description }),
        ...(schedule.kmsKeyArn !== undefined && { KmsKeyArn: schedule.kmsKeyArn }),
      };
    },
    DeleteSchedule(body) {
      const { group, name } = find(named(body));
      store.transaction(() => {
        book.drop(group, name);
        firing.disarm(group, name);
      });
    },
    ListSchedules(body) {
      const { GroupName, NamePrefix = '', State, ...paging } = listed(body);
      if (GroupName !== undefined && !book.group(GroupName)) throw noGroup(GroupName);
      const found = book
        .all()
        .filter((one) => (GroupName === undefined || one.group === GroupName) && one.name.startsWith(NamePrefix))
        .filter((one) => State === undefined || one.enabled === (State === 'ENABLED'));
      const { items, rest } = nextPage(found, paging);
      return { Schedules: items.map((one) => ({ ...summary(one), Target: { Arn: one.target.Arn } })), ...rest };
    },
  };
}

/** AWS shows the retry policy that applies, whether it was said or not. */
function shownTarget(target: Schedule['target']) {
  const retry = (target['RetryPolicy'] ?? {}) as Record<string, unknown>;
  return { ...target, RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...retry } };
}
