import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { TABLES, type TableName, type TableSpec } from '../topology.ts';
import type { DeployConfig } from './config.ts';
import { tableName } from './names.ts';

/**
 * The tables, and the key that encrypts them (and the alarm topic). The key is ours rather than AWS's own so that its
 * use is in the audit log and that disabling it makes every copy, backups too, unreadable.
 */
export class DataStack extends Stack {
  readonly key: Key;
  readonly tables: Readonly<Record<TableName, TableV2>>;

  constructor(scope: Construct, id: string, props: StackProps & { config: DeployConfig }) {
    super(scope, id, props);
    const { protect } = props.config;
    const removalPolicy = protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = new Key(this, 'Key', {
      alias: 'alias/pergola',
      description: 'Pergola: customers, tags, journeys, messages',
      enableKeyRotation: true,
      removalPolicy,
    });
    new CfnOutput(this, 'KeyId', { value: this.key.keyId });
    this.allowThroughDynamoDb();
    this.allowAlarms();
    const encryption = TableEncryptionV2.customerManagedKey(this.key);
    this.tables = Object.fromEntries(
      Object.entries<TableSpec>(TABLES).map(([name, spec]) => [
        name,
        new TableV2(this, name, {
          tableName: tableName(name as TableName),
          partitionKey: { name: 'pk', type: AttributeType.STRING },
          sortKey: { name: 'sk', type: AttributeType.STRING },
          billing: Billing.onDemand(),
          timeToLiveAttribute: 'expiresAt',
          pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
          ...(spec.stream ? { dynamoStream: StreamViewType[spec.stream] } : {}),
          encryption,
          deletionProtection: protect,
          removalPolicy,
          globalSecondaryIndexes: Object.entries(spec.indexes ?? {}).map(([indexName, index]) => ({
            indexName,
            partitionKey: { name: index.pk, type: AttributeType.STRING },
            sortKey: { name: index.sk, type: AttributeType.STRING },
            projectionType: ProjectionType[index.projection],
          })),
        }),
      ]),
    ) as Record<TableName, TableV2>;
  }

  /**
   * Whoever may use a table may use the key, but only through DynamoDB in this account: table permissions stay the one
   * place that says who reads what. (The same shape as AWS's own key policy for DynamoDB.)
   */
  private allowThroughDynamoDb(): void {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThroughDynamoDB',
        principals: [new AnyPrincipal()],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': this.account,
            'kms:ViaService': `dynamodb.${this.region}.${this.urlSuffix}`,
          },
        },
      }),
    );
  }

  private allowAlarms(): void {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsToTheEncryptedTopic',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
  }
}
