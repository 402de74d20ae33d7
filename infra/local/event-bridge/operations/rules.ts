import { parseExpression, RECURRING } from '../../../../shared/schedule-expressions/index.ts';
import type { Operation } from '../../endpoint/service.ts';
import { flag, required, shape, text } from '../../endpoint/shape.ts';
import type { EventBridgeParts } from '../event-bridge.ts';
import {
  arnMember,
  busName,
  busNameMember,
  checkPattern,
  given,
  keptTags,
  notFound,
  overLimit,
  page,
  pageMembers,
  prefixMember,
  ruleNameMember,
  tagsMember,
  validation,
} from '../members.ts';
import type { Rule } from '../rule-store.ts';

/** AWS's limit of the classic bus. */
const MAX_RULES = 300;

const put = shape({
  Name: ruleNameMember,
  EventBusName: busNameMember,
  EventPattern: text(),
  ScheduleExpression: text({ max: 256 }),
  State: text({ oneOf: ['DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', 'ENABLED'] }),
  Description: text({ max: 512 }),
  RoleArn: arnMember,
  Tags: tagsMember,
});
const named = shape({ Name: ruleNameMember, EventBusName: busNameMember, Force: flag });
const listed = shape({ EventBusName: busNameMember, NamePrefix: prefixMember, ...pageMembers });
const byTarget = shape({ TargetArn: required(arnMember), EventBusName: busNameMember, ...pageMembers });

/** PutRule, DescribeRule, ListRules, EnableRule, DisableRule, DeleteRule, ListRuleNamesByTarget. */
export function ruleOperations({ buses, rules, arns }: EventBridgeParts): Record<string, Operation> {
  const existing = (nameOrArn: unknown): string => {
    const bus = busName(nameOrArn);
    if (!buses.bus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
    return bus;
  };
  const find = (body: { Name: string; EventBusName?: string | undefined }): Rule => {
    const bus = existing(body.EventBusName);
    const rule = rules.rule(bus, body.Name);
    if (!rule) throw notFound(`Rule ${body.Name} does not exist on EventBus ${bus}.`);
    return rule;
  };
  const shown = (rule: Rule) => ({
    Name: rule.name,
    Arn: arns.rule(rule.bus, rule.name),
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    EventBusName: rule.bus,
    ...given({
      EventPattern: rule.patternText,
      ScheduleExpression: rule.scheduleText,
      Description: rule.description,
      RoleArn: rule.roleArn,
    }),
  });
  const enable =
    (enabled: boolean): Operation =>
    (body) =>
      rules.putRule({ ...find(named(body)), enabled });

  return {
    PutRule(body) {
      const { Name, EventBusName, EventPattern, ScheduleExpression, State, Description, RoleArn, Tags } = put(body);
      const bus = existing(EventBusName);
      if (!EventPattern && !ScheduleExpression)
        throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      if (ScheduleExpression && bus !== 'default')
        throw validation('ScheduleExpression is supported only on the default event bus.');
      if (ScheduleExpression && !parseExpression(ScheduleExpression, { kinds: RECURRING }))
        throw validation('Parameter ScheduleExpression is not valid.');
      if (EventPattern) checkPattern(EventPattern);
      if (!rules.rule(bus, Name) && rules.rules(bus).length >= MAX_RULES) throw overLimit();
      rules.putRule({
        bus,
        name: Name,
        enabled: State !== 'DISABLED',
        ...given({
          patternText: EventPattern || undefined,
          scheduleText: ScheduleExpression || undefined,
          description: Description,
          roleArn: RoleArn,
          tags: Tags && keptTags(Tags),
        }),
      });
      return { RuleArn: arns.rule(bus, Name) };
    },
    DescribeRule: (body) => ({ ...shown(find(named(body))), CreatedBy: arns.aws.account }),
    ListRules(body) {
      const { EventBusName, NamePrefix = '', ...paging } = listed(body);
      const all = rules.rules(existing(EventBusName)).filter((rule) => rule.name.startsWith(NamePrefix));
      const { items, rest } = page(all, paging);
      return { Rules: items.map(shown), ...rest };
    },
    EnableRule: enable(true),
    DisableRule: enable(false),
    DeleteRule(body) {
      const { Name, EventBusName } = named(body);
      const bus = existing(EventBusName);
      if ((rules.rule(bus, Name)?.targets.length ?? 0) > 0)
        throw validation("Rule can't be deleted since it has targets.");
      rules.deleteRule(bus, Name);
    },
    ListRuleNamesByTarget(body) {
      const { TargetArn, EventBusName, ...paging } = byTarget(body);
      const found = rules
        .rules(existing(EventBusName))
        .filter((rule) => rule.targets.some((target) => target.arn === TargetArn));
      const { items, rest } = page(found, paging);
      return { RuleNames: items.map((rule) => rule.name), ...rest };
    },
  };
}
