import { noResource, type TargetKind } from './define-target.ts';

/**
 * A bus gets a rule's event as it is; from there it goes to no third bus, as on AWS. A schedule says what event to make of
 * its input.
 */
export const eventBusTarget = (buses: {
  forward(busArn: string, event: Readonly<Record<string, unknown>>): boolean;
  put(entry: Record<string, unknown>): void;
}): TargetKind => ({
  service: 'events',
  called: 'an event bus',
  usedBy: ['rules', 'schedules'],
  needsRole: true,
  parameters: ['EventBridgeParameters'],
  refusal: ({ EventBridgeParameters: made }, { caller, missing }) =>
    caller === 'schedules' && made === undefined ? missing('EventBridgeParameters') : undefined,
  hand: {
    when: 'now',
    deliver({ arn, event, input, target }) {
      const made = target['EventBridgeParameters'] as Record<string, unknown> | undefined;
      if (made) buses.put({ EventBusName: arn, ...made, Detail: input });
      else if (event && !buses.forward(arn, event)) throw noResource(`Event bus ${arn} does not exist.`);
    },
  },
});
