import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../../../shared/asl/index.ts';
import { AwsError } from '../../../time-source.ts';
import type { Service } from '../../service.ts';
import { TaskError } from '../define-task.ts';

/** Calls S3 for a Map Run. Throws TaskError of the name `failed`, with what S3 said. */
export async function callS3(
  service: Service,
  failed: string,
  operation: string,
  parameters: JsonObject,
): Promise<JsonObject> {
  const { call } = service.options;
  if (!call) throw new TaskError(failed, 'S3 is not emulated here.');
  try {
    return (await call('s3', operation, parameters)) as JsonObject;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { message, status, code } = error;
    throw new TaskError(
      failed,
      `${message} (Service: Amazon S3; Status Code: ${status}; Error Code: ${code}; Request ID: ${randomUUID()}; Proxy: null)`,
    );
  }
}
