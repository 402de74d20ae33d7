/** `arn:aws:states:::lambda:invoke` (also with a task token) and a function's ARN as Resource. */
import { randomUUID } from 'node:crypto';
import { isObject, type Json } from '../../../../shared/asl/index.ts';
import type { LambdaResult } from '../../time-source.ts';
import { httpMetadata, TaskError, type TaskRunner } from './define-task.ts';

/** Carries out a function's ARN: the answer is what the function returned. */
export const lambdaFunction: TaskRunner = async (call, service) => {
  const result = await service.options.lambda.invoke(call.resource.arn, call.parameters);
  return result.ok ? ((result.payload ?? null) as Json) : fail(result, call.resource.arn);
};

/** Carries out lambda:invoke: the answer is Lambda's own, with the payload in it. */
export const lambdaInvoke: TaskRunner = async (call, service) => {
  const parameters = isObject(call.parameters) ? call.parameters : {};
  const name = String(parameters.FunctionName ?? '');
  const payload = sent(parameters.Payload);
  const qualified = typeof parameters.Qualifier === 'string' ? `${name}:${parameters.Qualifier}` : name;
  const asynchronous = parameters.InvocationType === 'Event';
  const running = service.options.lambda.invoke(qualified, payload);
  const requestId = randomUUID();
  if (asynchronous) {
    void running.catch(() => undefined);
    return { ...httpMetadata(requestId, 0), StatusCode: 202, Payload: '' };
  }
  const result = await running;
  if (!result.ok) return fail(result, functionArn(name, service.place), '$LATEST');
  const answer = (result.payload ?? null) as Json;
  const log = parameters.LogType === 'Tail' ? logTail(requestId) : undefined;
  return {
    ExecutedVersion: '$LATEST',
    ...(log && { LogResult: log }),
    Payload: answer,
    ...httpMetadata(requestId, JSON.stringify(answer).length, {
      Date: new Date(service.options.clock.now()).toUTCString(),
      'X-Amz-Executed-Version': '$LATEST',
      ...(log && { 'X-Amz-Log-Result': log }),
      'x-amzn-Remapped-Content-Length': '0',
      'X-Amzn-Trace-Id': `root=1-${requestId.slice(0, 8)}-${requestId.replaceAll('-', '').slice(8, 32)};sampled=0`,
    }),
    StatusCode: 200,
  };
};

/** A payload given as text is the request's body itself, so text that is JSON arrives as what it says. */
function sent(payload: Json | undefined): Json {
  if (typeof payload !== 'string') return payload ?? {};
  try {
    return JSON.parse(payload) as Json;
  } catch {
    return payload;
  }
}

/** LogType Tail: the last lines of the function's log. Here only those that Lambda itself writes. */
function logTail(requestId: string): string {
  const lines = ['START', 'END', 'REPORT'].map((what) => `${what} RequestId: ${requestId}\n`);
  return Buffer.from(lines.join('')).toString('base64');
}

function functionArn(name: string, place: { account: string; region: string }): string {
  return name.startsWith('arn:') ? name : `arn:aws:lambda:${place.region}:${place.account}:function:${name}`;
}

function fail(result: Extract<LambdaResult, { ok: false }>, arn: string, version?: string): never {
  if ('notFound' in result) {
    throw new TaskError(
      'Lambda.ResourceNotFoundException',
      `Function not found: ${arn}${version ? `:${version}` : ''} (Service: AWSLambda; Status Code: 404; ` +
        `Error Code: ResourceNotFoundException; Request ID: ${randomUUID()}; Proxy: null)`,
    );
  }
  const { errorType, errorMessage, trace, payload } = result;
  const document = payload ?? { errorType, errorMessage, ...(trace && { trace }) };
  if (typeof document.errorType === 'string') throw new TaskError(errorType, JSON.stringify(document));
  throw new TaskError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${JSON.stringify(document)}`,
  );
}
