/** Errors of other services as Step Functions names and tells them. */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../../time-source.ts';
import { TaskError } from './define-task.ts';

/** `aws-sdk:` integrations: `Sfn.InvalidTokenException`, with the newer SDK's text. */
export function sdkError(service: string, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const { HostId: host } = error.extra;
  const more = host === undefined ? '' : `, Extended Request ID: ${host}`;
  const prefix = service.charAt(0).toUpperCase() + service.slice(1);
  return new TaskError(
    `${prefix}.${exceptionName(error.code)}`,
    `${error.message} (Service: ${prefix}, Status Code: ${error.status}, Request ID: ${randomUUID()}${more}) (SDK Attempt Count: 1)`,
  );
}

/** Optimised integrations: `StepFunctions.ExecutionAlreadyExistsException`, with the older SDK's text. */
export function optimizedError(prefix: string, service: string, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  return new TaskError(
    `${prefix}.${exceptionName(error.code)}`,
    `${error.message} (Service: ${service}; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${randomUUID()}; Proxy: null)`,
  );
}

function exceptionName(code: string): string {
  return code.endsWith('Exception') ? code : `${code}Exception`;
}
