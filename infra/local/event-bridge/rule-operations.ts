import type { Arns } from '../arns.ts';
import { AwsError } from '../time-source.ts';
import type { Delivery } from './delivery.ts';
import { patternParameter } from './pattern-parameter.ts';
import { busName } from './put-events.ts';
import type { Rule, RuleStore, Target } from './rule-store.ts';
import { checkTarget } from './target-input.ts';
import { NAME, notFound, page, text, validation, violates } from './validation.ts';

/** AWS's limits of the classic bus. */
const MAX_PATTERN = 2048;
const MAX_RULES = 300;
const MAX_TARGETS = 5;

/** PutRule … ListRuleNamesByTarget. */
export function ruleOperations(options: {
  readonly rules: RuleStore;
  readonly arns: Arns;
  readonly delivery: Delivery;
  readonly lambda: { has(name: string): boolean };
}) {
  const { rules, arns, delivery, lambda } = options;

  const find = (body: Record<string, unknown>, member = 'Name') => {
    const bus = busName(body['EventBusName']);
    const name = text(body, member, NAME);
    const rule = rules.rule(bus, name);
    if (!rule)
      throw notFound(
        rules.bus(bus) ? `Rule ${name} does not exist on EventBus ${bus}.` : `Event bus ${bus} does not exist.`,
      );
    return rule;
  };
  const shown = (rule: Rule) => ({
    Name: rule.name,
    Arn: arns.rule(rule.bus, rule.name),
    EventPattern: rule.patternText,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    EventBusName: rule.bus,
  });
  const enable = (enabled: boolean) => (body: Record<string, unknown>) => {
    const rule = find(body);
    rules.putRule({ ...rule, enabled });
  };

  function target(json: Record<string, unknown>): Target {
    const id = text(json, 'Id', NAME);
    const arn = text(json, 'Arn', /^arn:/, 1600);
    checkTarget(json);
    const service = /^arn:aws:([^:]+):/.exec(arn)?.[1];
    if (service === 'lambda' && !lambda.has(arn))
      throw validation(`Parameter ${arn} is not valid. Reason: there is no such function here.`);
    if (service !== 'lambda' && service !== 'sqs')
      throw validation(`Targets of ${service ?? arn} are not emulated here: a function or a queue is.`);
    return { id, arn, json };
  }

  return {
    PutRule(body: Record<string, unknown>) {
      const bus = busName(body['EventBusName']);
      const name = text(body, 'Name', NAME);
      if (!rules.bus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
      if (body['ScheduleExpression']) throw validation('ScheduleExpression is not emulated here.');
      if (!body['EventPattern']) throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      const patternText = String(body['EventPattern']);
      if (patternText.length > MAX_PATTERN)
        throw violates(patternText, 'eventPattern', `Member must have length less than or equal to ${MAX_PATTERN}`);
      patternParameter(patternText);
      const state = body['State'] ?? 'ENABLED';
      if (state !== 'ENABLED' && state !== 'DISABLED')
        throw violates(state, 'state', 'Member must satisfy enum value set: [ENABLED, DISABLED]');
      if (!rules.rule(bus, name) && rules.rules(bus).length >= MAX_RULES)
        throw new AwsError(
          'LimitExceededException',
          `The requested resource exceeds the maximum number allowed. (${MAX_RULES} rules on bus ${bus})`,
        );
      const description = body['Description'] === undefined ? {} : { description: String(body['Description']) };
      rules.putRule({ bus, name, patternText, enabled: state === 'ENABLED', ...description });
      return { RuleArn: arns.rule(bus, name) };
    },
    DescribeRule: (body: Record<string, unknown>) => shown(find(body)),
    ListRules(body: Record<string, unknown>) {
      const bus = busName(body['EventBusName']);
      if (!rules.bus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
      const prefix = String(body['NamePrefix'] ?? '');
      const { items, ...rest } = page(
        rules.rules(bus).filter((rule) => rule.name.startsWith(prefix)),
        body,
      );
      return { Rules: items.map(shown), ...rest };
    },
    EnableRule: enable(true),
    DisableRule: enable(false),
    DeleteRule(body: Record<string, unknown>) {
      const bus = busName(body['EventBusName']);
      const name = text(body, 'Name', NAME);
      const rule = rules.rule(bus, name);
      if (rule && rule.targets.length > 0) throw validation("Rule can't be deleted since it has targets.");
      rules.deleteRule(bus, name);
    },
    PutTargets(body: Record<string, unknown>) {
      const rule = find(body, 'Rule');
      const given = Array.isArray(body['Targets']) ? (body['Targets'] as Record<string, unknown>[]) : [];
      if (given.length === 0) throw violates(given, 'targets', 'Member must have length greater than or equal to 1');
      const targets = given.map(target);
      const ids = new Set([...rule.targets, ...targets].map((one) => one.id));
      if (ids.size > MAX_TARGETS)
        throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      rules.putTargets(rule.bus, rule.name, targets);
      for (const one of targets) delivery.open(rule, one);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(body: Record<string, unknown>) {
      const rule = find(body, 'Rule');
      const ids = (Array.isArray(body['Ids']) ? body['Ids'] : []).map(String);
      for (const one of rule.targets) if (ids.includes(one.id)) delivery.close(rule, one);
      rules.removeTargets(rule.bus, rule.name, ids);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule(body: Record<string, unknown>) {
      const { items, ...rest } = page(find(body, 'Rule').targets, body);
      return { Targets: items.map((one) => one.json), ...rest };
    },
    ListRuleNamesByTarget(body: Record<string, unknown>) {
      const arn = text(body, 'TargetArn', /^arn:/, 1600);
      const names = rules
        .rules(busName(body['EventBusName']))
        .filter((rule) => rule.targets.some((one) => one.arn === arn));
      const { items, ...rest } = page(names, body);
      return { RuleNames: items.map((rule) => rule.name), ...rest };
    },
  };
}
