import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { LocalAws } from '../arns.ts';
import { invokeApi } from '../lambda/invoke-api.ts';
import { AwsError, type AwsService, type LambdaHost } from '../time-source.ts';
import { answerError, answerJson, answerXml, answerXmlError, send } from './answers.ts';
import type { DynamoProxy } from './dynamodb-proxy.ts';
import { refuses } from './guard.ts';
import { STS_NAMESPACE, STS_VERSION, sts } from './sts.ts';

export interface EndpointOptions {
  readonly aws: LocalAws;
  /** Services by the JSON protocol, found by their X-Amz-Target prefix. */
  readonly services: readonly AwsService[];
  readonly dynamodb: DynamoProxy;
  readonly lambda: LambdaHost;
  /** Answers paths under /_local. */
  readonly local: (request: IncomingMessage, response: ServerResponse) => void;
  /** Told after each call to the database that may have written. */
  readonly onWrite: () => void;
}

/** Longer bodies are refused: DynamoDB's largest request is 16 MB. */
const MAX_BODY = 20 * 1024 * 1024;
const READS = /\.(Get|BatchGet|TransactGet|Query|Scan|Describe|List)/;

/** Answers for all services: it finds out which is meant the way AWS's own front ends do. */
export function endpointListener(options: EndpointOptions): RequestListener {
  const services = new Map(options.services.map((service) => [service.target, service]));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const type = String(request.headers['content-type'] ?? 'application/x-amz-json-1.0');
    const refused = refuses(request.headers);
    if (refused) return send(response, 403, 'application/json', JSON.stringify({ message: refused }));
    if (request.url?.startsWith('/_local')) return options.local(request, response);
    const body = await read(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    const [prefix = '', operation = ''] = split(target);
    if (/^DynamoDB(Streams)?_/.test(prefix)) {
      await options.dynamodb.pass(request, body, response);
      if (!READS.test(target)) options.onWrite();
      return;
    }
    const service = services.get(prefix);
    if (service) {
      const parsed = parse(body);
      return answerJson(response, type, await service.handle(operation, parsed));
    }
    if (target) throw new AwsError('NotEmulated', `${target} is not emulated here.`, 501);
    const invoked = await invokeApi(options.lambda, request, body.toString());
    if (invoked) return send(response, invoked.status, 'application/json', invoked.body, invoked.headers);
    if (type.startsWith('application/x-www-form-urlencoded')) return query(response, body);
    throw new AwsError(
      'NotEmulated',
      `${request.method} ${request.url} is not emulated here. This endpoint answers DynamoDB, DynamoDB Streams, EventBridge, Step Functions, SQS, STS GetCallerIdentity and Lambda Invoke.`,
      501,
    );
  }

  function query(response: ServerResponse, body: Buffer): void {
    const form = new URLSearchParams(body.toString());
    const action = form.get('Action') ?? '';
    try {
      if (form.get('Version') !== STS_VERSION)
        throw new AwsError('NotEmulated', `${action} (${form.get('Version')}) is not emulated here.`, 501);
      answerXml(response, action, STS_NAMESPACE, sts(action, options.aws));
    } catch (error) {
      answerXmlError(response, error);
    }
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      const type = String(request.headers['content-type'] ?? '');
      if (response.headersSent) response.destroy();
      else answerError(response, type.startsWith('application/x-amz') ? type : 'application/json', error);
    });
  };
}

/** `AWSStepFunctions.StartExecution`; what precedes the last dot names the service. */
function split(target: string): [string, string] | [] {
  const dot = target.lastIndexOf('.');
  return dot < 0 ? [] : [target.slice(0, dot), target.slice(dot + 1)];
}

function parse(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new AwsError('SerializationException', 'The request is not a JSON object.');
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new AwsError('RequestEntityTooLargeException', 'The request is too large.', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
