import { EventBus, type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';

/**
 * Brings to our bus what is put on others: SES tells only the account's default bus, and a partner (Shopify, Stripe,
 * Segment) only the bus that was made for its event source. An event that cannot be brought over lands among the dead
 * letters of ingestion, from where a redrive takes it in.
 */
export function feeds(scope: Construct, config: DeployConfig, to: IEventBus, deadLetterQueue: IQueue): void {
  const feed = (id: string, from: IEventBus, eventPattern: EventPattern): void => {
    new Rule(scope, `feed-${id}`, {
      ruleName: `pergola-feed-${id}`,
      eventBus: from,
      eventPattern,
      targets: [new BusTarget(to, { deadLetterQueue })],
    });
  };
  if (config.sesEvents) {
    const bus = EventBus.fromEventBusName(scope, 'DefaultBus', 'default');
    feed('ses', bus, { source: ['aws.ses'], detailType: [{ prefix: 'Email ' }] as unknown as string[] });
  }
  for (const [index, name] of config.partnerBuses.entries()) {
    const bus = EventBus.fromEventBusName(scope, `PartnerBus${index}`, name);
    feed(`partner-${index}`, bus, { source: [name] });
  }
}
