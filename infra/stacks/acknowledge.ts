import { Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a finding of cdk-nag is all right here. Beside the construct it is about, never for a whole app; the reason
 * is for whoever audits the account.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  const { account } = Stack.of(construct);
  // cdk-nag writes an account that is not known yet in this way.
  const named = (id: string): string => (Token.isUnresolved(account) ? id.replaceAll(account, '<AWS::AccountId>') : id);
  const rules = Object.entries(reasons).map(([id, reason]) => ({ id: named(id), reason }));
  Validations.of(construct).acknowledge(...rules);
}

/** The id under which cdk-nag reports a wildcard in a policy's resource. */
export const wildcard = (resource: string): string => `AwsSolutions-IAM5[Resource::${resource}]`;
