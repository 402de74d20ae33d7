import type { IncomingMessage } from 'node:http';
import { AwsError, type LambdaHost } from '../time-source.ts';

/** The part of Lambda's REST API that invokes: POST /2015-03-31/functions/NAME/invocations */
const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

export interface RestAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Answers Lambda's Invoke for this host, or undefined when the request is something else. Throws AwsError. */
export async function invokeApi(
  lambda: LambdaHost,
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: string,
): Promise<RestAnswer | undefined> {
  const url = new URL(request.url ?? '/', 'http://local');
  const match = INVOKE.exec(url.pathname);
  if (request.method !== 'POST' || !match?.[1]) return undefined;
  const qualifier = url.searchParams.get('Qualifier');
  const name = `${decodeURIComponent(match[1])}${qualifier ? `:${qualifier}` : ''}`;
  let payload: unknown;
  try {
    payload = body === '' ? {} : JSON.parse(body);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(error)}`);
  }
  const notFound = () =>
    new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404, { Type: 'User' });
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
  if (type === 'Event') {
    const begun = lambda.invoke(name, payload);
    // A missing function is known at once, the rest goes on by itself.
    const result = await Promise.race([begun, new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);
    if (result && !result.ok && 'notFound' in result) throw notFound();
    return { status: 202, headers: {}, body: '' };
  }
  const result = await lambda.invoke(name, payload);
  const headers: Record<string, string> = { 'x-amz-executed-version': '$LATEST', 'content-type': 'application/json' };
  if (result.ok) return { status: 200, headers, body: JSON.stringify(result.payload) };
  if ('notFound' in result) throw notFound();
  const { errorType, errorMessage, trace } = result;
  return {
    status: 200,
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify({ errorType, errorMessage, ...(trace ? { trace } : {}) }),
  };
}
