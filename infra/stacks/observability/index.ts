import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { DeployConfig } from '../config.ts';
import { type AlarmSpec, alarms } from './alarms.ts';
import { dashboard } from './dashboard.ts';
import { failedExecutions } from './failed-executions.ts';

/** Alarms that mean something, one topic for them, one dashboard. */
export class ObservabilityStack extends Stack {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, props: StackProps & { config: DeployConfig; key: IKey }) {
    super(scope, id, props);
    this.#topic = this.#alarmTopic(props.key);
    if (props.config.alarmMail !== undefined) {
      this.#topic.addSubscription(new EmailSubscription(props.config.alarmMail));
    }
    failedExecutions(this);
    for (const spec of alarms()) this.#alarm(spec);
    dashboard(this);
    new CfnOutput(this, 'AlarmTopicArn', { value: this.#topic.topicArn });
  }

  #alarmTopic(masterKey: IKey): Topic {
    const topic = new Topic(this, 'Alarms', { topicName: 'pergola-alarms', masterKey, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    return topic;
  }

  #alarm(spec: AlarmSpec): void {
    const alarm = new Alarm(this, spec.id, {
      alarmName: `pergola-${spec.id}`,
      alarmDescription: spec.says,
      metric: spec.metric,
      threshold: spec.threshold,
      evaluationPeriods: spec.periods ?? 1,
      comparisonOperator: spec.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: spec.silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    alarm.addOkAction(new SnsAction(this.#topic));
  }
}
