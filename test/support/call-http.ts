import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { lambdaContext } from './local-tables.ts';

type Handler = (event: never, context: never) => unknown;

interface Request {
  readonly body?: unknown;
  readonly raw?: string;
  readonly groups?: string;
  readonly headers?: Record<string, string>;
}

/** As API Gateway calls a function (payload format 2.0). */
export async function callHttp(handler: Handler, method: string, path: string, request: Request = {}) {
  const { body, raw, groups = '[admin]', headers = {} } = request;
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { 'content-type': 'application/json', host: 'local', ...headers },
    requestContext: {
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      domainName: 'local',
      ...(groups === ''
        ? {}
        : { authorizer: { jwt: { claims: { sub: 's', email: 'mei@example.com', 'cognito:groups': groups } } } }),
    },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    isBase64Encoded: false,
  };
  const answer = (await handler(event as never, lambdaContext as never)) as APIGatewayProxyStructuredResultV2;
  return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined };
}
