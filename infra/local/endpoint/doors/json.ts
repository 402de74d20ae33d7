import { AwsError } from '../../time-source.ts';
import { answerJson, answerJsonError } from '../answers.ts';
import type { Body, Door } from '../service.ts';

/** AWS's JSON protocol: the header X-Amz-Target names service and operation, `AWSEvents.PutEvents`. */
export function jsonDoor(target: string): Door {
  const prefix = `${target}.`;
  return {
    finds({ request }) {
      const header = request.headers['x-amz-target'];
      return typeof header === 'string' && header.startsWith(prefix) ? header.slice(prefix.length) : undefined;
    },
    async answer(operation, { request, response, body }, handle) {
      const type = String(request.headers['content-type'] ?? 'application/x-amz-json-1.0');
      try {
        answerJson(response, type, await handle(operation, parseJson(body)));
      } catch (error) {
        answerJsonError(response, type, error);
      }
    },
  };
}

/** Throws AwsError SerializationException. */
export function parseJson(body: Buffer): Body {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch {
    // Said below.
  }
  throw new AwsError('SerializationException', 'The request is not a JSON object.');
}
