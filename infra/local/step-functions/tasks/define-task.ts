/** What carries out the call of a Task state. One file per resource; the registry is index.ts. */
import type { Json, TaskResource } from '../../../../shared/asl/index.ts';
import type { Service } from '../service.ts';

export interface Call {
  uid: string;
  ticket: number;
  executionArn: string;
  stateMachineArn: string;
  resource: TaskResource;
  parameters: Json;
}

/** How a task fails; anything else thrown is our own mistake. */
export class TaskError extends Error {
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  constructor(error: string | undefined, cause: string | undefined) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
  }
}

/** Resolves to the call's answer. Throws TaskError. */
export type TaskRunner = (call: Call, service: Service) => Promise<Json>;

/** The HTTP part that AWS's optimised integrations put beside an answer. */
export function httpMetadata(
  requestId: string,
  length: number,
  more: Record<string, string> = {},
): Record<string, Json> {
  const headers: Record<string, string> = {
    Connection: 'keep-alive',
    'Content-Length': String(length),
    'Content-Type': 'application/json',
    'x-amzn-RequestId': requestId,
    ...more,
  };
  const all: Record<string, Json> = {};
  for (const [name, value] of Object.entries(headers)) all[name] = [value];
  return {
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
