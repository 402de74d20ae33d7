import { RemovalPolicy } from 'aws-cdk-lib';
import { DataIdentifier, DataProtectionPolicy, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';

/**
 * A log group that forgets, and that masks mail addresses and card numbers should one slip in. Masking is a net, not
 * the rule: handlers log ids and reasons, not traits. (Phone numbers are not masked: AWS knows none of China's, and a
 * pattern for them would hit every timestamp in milliseconds.)
 */
export function logGroup(scope: Construct, id: string, name: string, config: DeployConfig): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: name,
    retention: config.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
    dataProtectionPolicy: new DataProtectionPolicy({
      identifiers: [DataIdentifier.EMAILADDRESS, DataIdentifier.CREDITCARDNUMBER],
    }),
  });
}
