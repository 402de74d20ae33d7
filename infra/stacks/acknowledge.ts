import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a finding of cdk-nag is all right here. Beside the construct it is about, never for a whole app; the reason
 * is for whoever audits the account.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** The id under which cdk-nag reports a wildcard in a policy's resource. */
export const wildcard = (resource: string): string => `AwsSolutions-IAM5[Resource::${resource}]`;
