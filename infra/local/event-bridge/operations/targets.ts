import type { Body, Operation } from '../../endpoint/service.ts';
import { list, required, shape, structure, text, texts, whole } from '../../endpoint/shape.ts';
import type { EventBridgeParts } from '../event-bridge.ts';
import { inputRefusal } from '../input/target-input.ts';
import {
  busName,
  busNameMember,
  NAME,
  notFound,
  overLimit,
  page,
  pageMembers,
  parameter,
  ruleNameMember,
  validation,
} from '../members.ts';
import type { Rule, Target } from '../rule-store.ts';

/** AWS's limit, which cannot be raised. */
const MAX_TARGETS = 5;

const targetId = required(text({ min: 1, max: 64, pattern: NAME }));
const target = structure(
  {
    Id: targetId,
    Arn: required(text({ min: 1, max: 1600 })),
    RoleArn: text({ min: 1, max: 1600 }),
    Input: text({ max: 8192 }),
    InputPath: text({ max: 256 }),
    InputTransformer: structure({
      InputPathsMap: texts,
      InputTemplate: required(text({ min: 1, max: 8192 })),
    }),
    RetryPolicy: structure({
      MaximumRetryAttempts: whole({ min: 0, max: 185 }),
      MaximumEventAgeInSeconds: whole({ min: 60, max: 86_400 }),
    }),
    DeadLetterConfig: structure({ Arn: text({ min: 1, max: 1600 }) }),
  },
  { open: true },
);
/** What every kind of target may have; others are the kind's own. */
const COMMON = ['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'RetryPolicy', 'DeadLetterConfig'];

const put = shape({
  Rule: ruleNameMember,
  EventBusName: busNameMember,
  Targets: required(list(target, { min: 1, max: 100 })),
});
const removed = shape({
  Rule: ruleNameMember,
  EventBusName: busNameMember,
  Ids: required(list(targetId, { min: 1, max: 100 })),
});
const listed = shape({ Rule: ruleNameMember, EventBusName: busNameMember, ...pageMembers });

/** PutTargets, RemoveTargets, ListTargetsByRule. */
export function targetOperations({ buses, rules, deliveries }: EventBridgeParts): Record<string, Operation> {
  const find = (body: { Rule: string; EventBusName?: string | undefined }): Rule => {
    const bus = busName(body.EventBusName);
    if (!buses.bus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
    const rule = rules.rule(bus, body.Rule);
    if (!rule) throw notFound(`Rule ${body.Rule} does not exist on EventBus ${bus}.`);
    return rule;
  };

  function check(json: NonNullable<ReturnType<typeof put>['Targets'][number]>): Target {
    const { Id, Arn, RoleArn } = json;
    if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(Arn)) throw parameter(Arn, 'Provided Arn is not in correct format.');
    const kind = deliveries.kindOf(Arn, 'rules');
    const known = [...COMMON, ...(kind.parameters ?? [])];
    const unknown = Object.keys(json).find((member) => !known.includes(member) && (json as Body)[member] !== undefined);
    if (unknown) throw validation(`${unknown} of ${kind.called} as a target is not emulated here.`);
    if (kind.needsRole && RoleArn === undefined) throw validation(`RoleArn is required for target ${Arn}.`);
    const refusal =
      inputRefusal(json as Parameters<typeof inputRefusal>[0], Id) ??
      kind.refusal?.(json, {
        caller: 'rules',
        missing: (one) => `Parameter(s) ${one} must be specified for target: ${Id}.`,
      });
    if (refusal) throw validation(refusal);
    return { id: Id, arn: Arn, json };
  }

  return {
    PutTargets(body) {
      const { Targets, ...of } = put(body);
      const rule = find(of);
      const targets = Targets.map(check);
      const ids = new Set([...rule.targets, ...targets].map(({ id }) => id));
      if (ids.size > MAX_TARGETS) throw overLimit();
      rules.putTargets(rule.bus, rule.name, targets);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(body) {
      const { Ids, ...of } = removed(body);
      const rule = find(of);
      rules.removeTargets(rule.bus, rule.name, Ids);
      const unknown = Ids.filter((id) => !rule.targets.some((one) => one.id === id));
      return {
        FailedEntryCount: unknown.length,
        FailedEntries: unknown.map((TargetId) => ({
          TargetId,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule '${rule.name}' does not have a target with the Id '${TargetId}'.`,
        })),
      };
    },
    ListTargetsByRule(body) {
      const { Rule, EventBusName, ...paging } = listed(body);
      const { items, rest } = page(find({ Rule, EventBusName }).targets, paging);
      return { Targets: items.map(({ json }) => json), ...rest };
    },
  };
}
