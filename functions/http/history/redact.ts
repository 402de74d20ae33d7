import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** A history event without the task token in a call's parameters: whoever has the token can answer the task. */
export function withoutToken(event: HistoryEvent): HistoryEvent {
  const details = event.taskScheduledEventDetails;
  if (details?.parameters === undefined) return event;
  const parameters = JSON.parse(details.parameters) as { Payload?: Record<string, unknown> };
  if (parameters.Payload?.['token'] === undefined) return event;
  const Payload = { ...parameters.Payload, token: '***' };
  return {
    ...event,
    taskScheduledEventDetails: { ...details, parameters: JSON.stringify({ ...parameters, Payload }) },
  };
}
