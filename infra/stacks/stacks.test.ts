import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  FUNCTIONS,
  type FunctionName,
  type FunctionSpec,
  TABLES,
  type TableName,
  type TableSpec,
  type Trigger,
} from '../topology.ts';
import { functionName, tableName } from './names.ts';
import { type Resource, testApp } from './test-app.ts';

const { template, all } = testApp({ alarmMail: 'oncall@example.com' });
const functions = Object.entries<FunctionSpec>(FUNCTIONS) as [FunctionName, FunctionSpec][];
const triggeredBy = <T extends Trigger['type']>(
  type: T,
): [FunctionName, Extract<Trigger, { type: T }>, FunctionSpec][] =>
  functions.flatMap(([name, spec]) =>
    spec.trigger.type === type ? [[name, spec.trigger as Extract<Trigger, { type: T }>, spec] as const] : [],
  ) as never;
const text = (value: unknown): string => JSON.stringify(value);

/** Synthesised once; 5 s of one free core. */
beforeAll(() => void template('PergolaData'), 180_000);

describe('what is deployed is what the topology says', () => {
  it.each(Object.entries<TableSpec>(TABLES))('table %s has its keys, indexes, stream, TTL', (name, spec) => {
    const key = (pk: string, sk: string) => [
      { AttributeName: pk, KeyType: 'HASH' },
      { AttributeName: sk, KeyType: 'RANGE' },
    ];
    const indexes = Object.entries(spec.indexes ?? {}).map(([IndexName, { pk, sk, projection }]) =>
      Match.objectLike({ IndexName, KeySchema: key(pk, sk), Projection: { ProjectionType: projection } }),
    );
    template('PergolaData').hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      KeySchema: key('pk', 'sk'),
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: spec.stream ? { StreamViewType: spec.stream } : Match.absent(),
      GlobalSecondaryIndexes: indexes.length > 0 ? indexes : Match.absent(),
      Replicas: [Match.objectLike({ TableName: Match.absent(), Region: 'eu-west-1' })],
      TableName: tableName(name as TableName),
    });
  });

  it('makes those who read streams new before all others', () => {
    const lambdas = Object.entries(template('PergolaFunctions').findResources('AWS::Lambda::Function'));
    const ours = functions.map(([name, { trigger }]) => {
      const found = lambdas.find(([, { Properties }]) => Properties.FunctionName === functionName(name));
      return { reader: trigger.type === 'stream', id: found![0], after: (found![1].DependsOn ?? []) as string[] };
    });
    const readers = ours.filter(({ reader }) => reader).map(({ id }) => id);
    expect(readers.length).toBeGreaterThan(5);
    for (const { reader, after } of ours) {
      if (reader) expect(after.filter((id) => ours.some((one) => one.id === id))).toEqual([]);
      else expect(after).toEqual(expect.arrayContaining(readers));
    }
  });

  it.each(
    functions,
  )('function %s runs on Node 24 on arm64 with its time and memory, traced and told its tables', (name, spec) => {
    template('PergolaFunctions').hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: functionName(name),
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: spec.timeoutSeconds,
      MemorySize: spec.memoryMb,
      TracingConfig: { Mode: 'Active' },
      Environment: {
        Variables: Match.objectLike({
          ...Object.fromEntries(Object.keys(TABLES).map((t) => [`TABLE_${t.toUpperCase()}`, `pergola-${t}`])),
          BUS_NAME: 'pergola',
          TENANT_ZONE: 'Asia/Shanghai',
          STEP_DECIDE_ARN: 'arn:aws:lambda:eu-west-1:111122223333:function:pergola-steps-decide:live',
        }),
      },
    });
  });

  it.each(
    triggeredBy('queue'),
  )('%s is fed by a rule on our bus through a queue, with partial batch failures', (name, trigger) => {
    template('PergolaBus').hasResourceProperties('AWS::Events::Rule', { EventPattern: trigger.pattern });
    template('PergolaFunctions').hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: logicalId(name) },
      BatchSize: trigger.batchSize,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it.each(
    triggeredBy('stream'),
  )('%s reads its stream: bisecting, giving up before the records are gone, into a DLQ', (name, trigger) => {
    const [mapping] = Object.values(
      template('PergolaFunctions').findResources('AWS::Lambda::EventSourceMapping', {
        Properties: { FunctionName: { Ref: logicalId(name) } },
      }),
    );
    const properties = mapping!['Properties'] as Record<string, number>;
    expect(text(properties['EventSourceArn'])).toContain(`GetAtt${trigger.table}`);
    expect(properties).toMatchObject({
      BatchSize: trigger.batchSize,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    });
    expect(properties['MaximumRetryAttempts']).toBeGreaterThan(0);
    expect(properties['MaximumRecordAgeInSeconds']).toBeLessThan(24 * 3600);
  });

  it.each(triggeredBy('schedule'))('%s is called at its rate, and what fails is seen', (name, trigger) => {
    const minutes = trigger.everySeconds / 60;
    template('PergolaFunctions').hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: `rate(${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`,
      Target: Match.objectLike({
        Arn: { 'Fn::GetAtt': [logicalId(name), 'Arn'] },
        DeadLetterConfig: { Arn: Match.anyValue() },
      }),
    });
    template('PergolaFunctions').hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: logicalId(name) },
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it.each(triggeredBy('step'))('%s has the alias that machines call', (name) => {
    template('PergolaFunctions').hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live',
      FunctionName: { Ref: logicalId(name) },
    });
  });

  it.each(triggeredBy('http'))('%s has its routes, guarded as they should be', (_name, trigger) => {
    for (const route of trigger.routes) {
      template('PergolaWeb').hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey: `ANY ${route}`,
        AuthorizationType: trigger.auth === 'jwt' ? 'JWT' : 'NONE',
        ...(trigger.auth === 'jwt' ? { AuthorizerId: Match.anyValue() } : {}),
      });
    }
  });
});

describe('nothing is lost, nothing is kept too long', () => {
  it('keeps every table: encrypted with our key, with point-in-time recovery, deletion protection, RETAIN', () => {
    const tables = all('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(Object.keys(TABLES).length);
    for (const table of tables) {
      const [replica] = table.Properties['Replicas'] as unknown as Record<string, never>[];
      expect(replica).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
        SSESpecification: { KMSMasterKeyId: expect.anything() },
      });
      expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('encrypts every queue, refuses plain HTTP, and gives each a dead-letter queue or is one', () => {
    const queues = all('AWS::SQS::Queue');
    expect(queues.length).toBeGreaterThan(8);
    for (const { Properties } of queues) {
      expect(Properties['SqsManagedSseEnabled']).toBe(true);
      expect(Properties['MessageRetentionPeriod']).toBe(14 * 24 * 3600);
      const isDlq = String(Properties['QueueName']).endsWith('-dlq');
      expect(isDlq || Properties['RedrivePolicy'] !== undefined, Properties['QueueName']).toBe(true);
    }
    const policies = all('AWS::SQS::QueuePolicy').map(({ Properties }) => text(Properties));
    expect(policies).toHaveLength(queues.length);
    expect(policies.every((policy) => policy.includes('"aws:SecureTransport":"false"'))).toBe(true);
  });

  it('hides a message for six times the time its function may take', () => {
    for (const [, trigger, spec] of triggeredBy('queue')) {
      template('PergolaBus').hasResourceProperties('AWS::SQS::Queue', {
        QueueName: `pergola-${trigger.name}`,
        VisibilityTimeout: spec.timeoutSeconds * 6,
        RedrivePolicy: Match.objectLike({ maxReceiveCount: trigger.maxReceive }),
      });
    }
  });

  it('gives every rule and schedule a dead-letter queue', () => {
    const targets = all('AWS::Events::Rule').flatMap(({ Properties }) => Properties['Targets'] as unknown as object[]);
    expect(targets.length).toBeGreaterThan(1);
    for (const target of targets) expect(target).toHaveProperty('DeadLetterConfig.Arn');
  });

  it('forgets logs after the days that were asked for, in every log group, and masks what slips in', () => {
    const groups = all('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(functions.length);
    for (const { Properties } of groups) {
      expect(Properties['RetentionInDays']).toBe(30);
      expect(text(Properties['DataProtectionPolicy'])).toContain('EmailAddress');
    }
    for (const [name] of functions) {
      const names = groups.map(({ Properties }) => Properties['LogGroupName']);
      expect(names).toContain(`/aws/lambda/${functionName(name)}`);
    }
  });
});

describe('the Console and its API', () => {
  it('has no bucket that the public can read, and CloudFront reads by origin access control', () => {
    for (const { Properties } of all('AWS::S3::Bucket')) {
      expect(Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties['BucketEncryption']).toBeDefined();
    }
    template('PergolaWeb').resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
  });

  it('asks for a token of our pool on every /api route, whatever the method', () => {
    const routes = all('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties);
    const open = routes.filter((route) => route['AuthorizationType'] !== 'JWT').map((route) => route['RouteKey']);
    // Both are guarded by their handlers: a write key, WeCom's signature.
    expect(open.sort()).toEqual(['ANY /callbacks/wecom', 'ANY /v1/{proxy+}']);
    template('PergolaWeb').hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      JwtConfiguration: { Audience: [Match.anyValue()], Issuer: Match.anyValue() },
    });
  });

  it('limits the intake by itself, after its route is there', () => {
    const [stage] = all('AWS::ApiGatewayV2::Stage');
    expect(stage!.Properties['RouteSettings']).toMatchObject({
      'ANY /v1/{proxy+}': { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
    expect(stage!.DependsOn?.some((id) => id.includes('v1'))).toBe(true);
    expect(stage!.Properties['AccessLogSettings']).toBeDefined();
  });

  it('serves the API under its own address, uncached, and never turns its errors into a page', () => {
    template('PergolaWeb').hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        CacheBehaviors: [Match.objectLike({ PathPattern: '/api/*', ViewerProtocolPolicy: 'https-only' })],
        CustomErrorResponses: Match.absent(),
      }),
    });
  });

  it('lets nobody sign up, and wants a second factor', () => {
    template('PergolaWeb').hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      DeletionProtection: 'ACTIVE',
    });
  });

  it('gives the write keys to the intake and to nobody else', () => {
    const told = all('AWS::Lambda::Function')
      .filter(({ Properties }) => text(Properties['Environment'] ?? '').includes('WRITE_KEYS'))
      .map(({ Properties }) => Properties['FunctionName']);
    expect(told).toEqual(['pergola-http-intake']);
  });
});

describe('alarms', () => {
  const named = (name: string) =>
    all('AWS::CloudWatch::Alarm').find(({ Properties }) => Properties['AlarmName'] === `pergola-${name}`);

  it('watch the depth of every dead-letter queue', () => {
    const queues = all('AWS::SQS::Queue').map(({ Properties }) => String(Properties['QueueName']));
    const watched = all('AWS::CloudWatch::Alarm').map((alarm) => text(metricOf(alarm)));
    for (const queue of queues.filter((name) => name.endsWith('-dlq'))) {
      expect(
        watched.some((dimensions) => dimensions.includes(`"${queue}"`)),
        queue,
      ).toBe(true);
    }
  });

  it('watch errors of every function and the age of every stream', () => {
    for (const [name] of functions) expect(named(`${name}-errors`), name).toBeDefined();
    for (const [name] of triggeredBy('stream')) {
      expect(metricOf(named(`${name}-age`)!)).toMatchObject({ MetricName: 'IteratorAge' });
      expect(named(`${name}-age`)!.Properties['Threshold']).toBe(600_000);
    }
  });

  it('take the silence of the sweep for bad news', () => {
    expect(metricOf(named('timers-sweep-late')!)).toMatchObject({ MetricName: 'Invocations' });
    expect(named('timers-sweep-late')!.Properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('hear of failed executions of machines that do not exist yet, from the default bus', () => {
    const rule = all('AWS::Events::Rule').find(({ Properties }) => Properties['Name'] === 'pergola-failed-executions');
    expect(rule!.Properties).not.toHaveProperty('EventBusName');
    expect(rule!.Properties['EventPattern']).toMatchObject({
      source: ['aws.states'],
      detail: {
        status: ['FAILED', 'TIMED_OUT'],
        stateMachineArn: [{ prefix: expect.stringMatching(/pergola-jny-$/) }],
      },
    });
    expect(named('executions-failed')).toBeDefined();
    expect(named('executions-throttled')).toBeDefined();
  });

  it('all say what to do, and reach somebody', () => {
    for (const { Properties } of all('AWS::CloudWatch::Alarm')) {
      expect(String(Properties['AlarmDescription']).length).toBeGreaterThan(40);
      expect(Properties['AlarmActions']).toHaveLength(1);
    }
    template('PergolaObservability').hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'oncall@example.com',
    });
  });
});

it('tags what can be tagged', () => {
  const tags = (type: string) =>
    all(type)
      .filter(({ Properties }) => type !== 'AWS::Lambda::Function' || Properties['FunctionName'])
      .map(({ Properties }) => text(Properties['Tags'] ?? Properties['Replicas'] ?? []));
  for (const type of ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::S3::Bucket', 'AWS::DynamoDB::GlobalTable']) {
    for (const found of tags(type)) expect(found).toContain('"Key":"project","Value":"pergola"');
  }
});

/** CloudFormation's id of a function of the topology. */
function logicalId(name: FunctionName): string {
  const found = template('PergolaFunctions').findResources('AWS::Lambda::Function', {
    Properties: { FunctionName: functionName(name) },
  });
  return Object.keys(found)[0]!;
}

/** The one metric that an alarm without formula watches. */
function metricOf({ Properties }: Resource): unknown {
  const queries = (Properties['Metrics'] ?? []) as unknown as { MetricStat?: { Metric: unknown } }[];
  return queries.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat?.Metric ?? Properties;
}
