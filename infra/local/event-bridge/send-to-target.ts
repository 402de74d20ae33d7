import { createHash } from 'node:crypto';
import type { Arns } from '../arns.ts';
import type { Deliveries, Policy } from '../targets/index.ts';
import type { BusEvent } from './bus-event.ts';
import { type InputChoice, targetInput } from './input/target-input.ts';
import type { Rule, Target } from './rule-store.ts';

/** AWS's own limits: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const ATTEMPTS = 185;
const AGE_SECONDS = 86_400;

/** Hands an event to a target of a rule that matched it. */
export function sendTo(options: {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
  readonly deliveries: Deliveries;
  readonly arns: Arns;
  readonly now: number;
}): void {
  const { rule, target, event, deliveries, arns, now } = options;
  const ruleArn = arns.rule(rule.bus, rule.name);
  const about = { ruleArn, ruleName: rule.name, takenAt: now };
  deliveries.send(
    {
      arn: target.arn,
      input: targetInput(target.json as InputChoice, event.envelope, event.text, about),
      target: target.json,
      id: `${event.id}_${fingerprint(`${ruleArn} ${target.id} ${String(event.envelope['replay-name'])}`)}`,
      event: event.envelope,
      origin: { RULE_ARN: ruleArn },
      letter: event.text,
    },
    policyOf(target.json),
  );
}

function policyOf(json: Target['json']): Policy {
  const retry = (json['RetryPolicy'] ?? {}) as { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  const { Arn } = (json['DeadLetterConfig'] ?? {}) as { Arn?: string };
  return {
    attempts: retry.MaximumRetryAttempts ?? ATTEMPTS,
    ageSeconds: retry.MaximumEventAgeInSeconds ?? AGE_SECONDS,
    ...(Arn !== undefined && { deadLetterArn: Arn }),
  };
}

/** In the form of a UUID: after the event's id it makes the name of an execution, as on AWS. */
const fingerprint = (text: string) =>
  createHash('md5')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
