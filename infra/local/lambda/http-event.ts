import { randomUUID } from 'node:crypto';
import type { Route } from './http-routes.ts';

/**
 * A request as API Gateway's HTTP API hands it to a function (payload format 2.0):
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export async function httpEvent(
  request: Request,
  route: Route,
  options: {
    readonly account: string;
    readonly now: number;
    readonly pathParameters: Readonly<Record<string, string>>;
    readonly claims?: Readonly<Record<string, unknown>>;
  },
) {
  const url = new URL(request.url);
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  const body = request.body ? Buffer.from(await request.arrayBuffer()) : Buffer.alloc(0);
  const binary = body.length > 0 && !isText(headers['content-type'], headers['content-encoding']);
  const time = new Date(options.now);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers,
    ...(url.search.length > 1 ? { queryStringParameters: joined(url.searchParams) } : {}),
    ...(Object.keys(options.pathParameters).length > 0 ? { pathParameters: options.pathParameters } : {}),
    requestContext: {
      accountId: options.account,
      apiId: 'local',
      ...(options.claims ? { authorizer: { jwt: { claims: options.claims, scopes: null } } } : {}),
      domainName: url.hostname,
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: time.toUTCString(),
      timeEpoch: options.now,
    },
    ...(body.length > 0 ? { body: binary ? body.toString('base64') : body.toString() } : {}),
    isBase64Encoded: binary,
  };
}

const isText = (type = 'text/plain', encoding = 'identity') =>
  encoding === 'identity' && /^(text\/|application\/(.*\+)?(json|xml|javascript|x-www-form-urlencoded))/.test(type);

/** Values of a repeated parameter are joined by commas. */
function joined(parameters: URLSearchParams): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of parameters) all[name] = Object.hasOwn(all, name) ? `${all[name]},${value}` : value;
  return all;
}

/** The response that a function's answer stands for; an answer without statusCode is the body of a 200. */
export function httpResponse(answer: unknown): Response {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return new Response(text, { status: 200, headers: { 'content-type': 'application/json' } });
  }
  const {
    statusCode,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded,
  } = answer as {
    statusCode: number | string;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  };
  const all = new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]));
  for (const cookie of cookies) all.append('set-cookie', cookie);
  if (!all.has('content-type')) all.set('content-type', 'text/plain;charset=UTF-8');
  const status = Number(statusCode);
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : isBase64Encoded ? Buffer.from(body, 'base64') : body, { status, headers: all });
}
