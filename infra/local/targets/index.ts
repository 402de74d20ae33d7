import type { TargetKind } from './define-target.ts';
import { eventBusTarget } from './event-bus.ts';
import { functionTarget } from './function.ts';
import { logGroupTarget } from './log-group.ts';
import { queueTarget } from './queue.ts';
import { sdkCallTarget } from './sdk-call.ts';
import { stateMachineTarget } from './state-machine.ts';

export { createDeliveries, type Deliveries, type Policy } from './deliveries.ts';

/** The kinds of things that rules and schedules can call; a new one is a file and a line here. */
export const targetKinds = (reach: {
  readonly functions: Parameters<typeof functionTarget>[0];
  readonly queues: Parameters<typeof queueTarget>[0];
  readonly stateMachines: Parameters<typeof stateMachineTarget>[0];
  readonly buses: Parameters<typeof eventBusTarget>[0];
  readonly logGroups: Parameters<typeof logGroupTarget>[0];
  readonly sdk: Parameters<typeof sdkCallTarget>[0];
}): TargetKind[] => [
  functionTarget(reach.functions),
  queueTarget(reach.queues),
  stateMachineTarget(reach.stateMachines),
  eventBusTarget(reach.buses),
  logGroupTarget(reach.logGroups),
  sdkCallTarget(reach.sdk),
];
