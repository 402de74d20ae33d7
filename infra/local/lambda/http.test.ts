import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStack, type TestStack } from '../test-support/start.ts';
import { findRoute, parseRoute } from './http-routes.ts';

describe('functions behind the HTTP API', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startTestStack();
  });
  afterAll(() => stack.end());

  it('get a request in payload format 2.0, from somebody who may do everything here', async () => {
    const response = await fetch(`${stack.urls.console}/api/customers/mei%20li?q=a%20b&tag=x&tag=y`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'c=1; d=2', 'X-Custom': 'v' },
      body: '{"name":"梅"}',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-shown')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /api/{proxy+}',
      rawPath: '/api/customers/mei%20li',
      rawQueryString: 'q=a%20b&tag=x&tag=y',
      cookies: ['c=1', 'd=2'],
      headers: { 'x-custom': 'v', 'content-type': 'application/json' },
      queryStringParameters: { q: 'a b', tag: 'x,y' },
      pathParameters: { proxy: 'customers/mei%20li' },
      requestContext: {
        http: { method: 'POST', path: '/api/customers/mei%20li', sourceIp: '127.0.0.1' },
        authorizer: { jwt: { claims: { 'cognito:groups': '[admin]' } } },
        stage: '$default',
      },
      body: '{"name":"梅"}',
      isBase64Encoded: false,
    });
  });

  it('get bytes as base64', async () => {
    const response = await fetch(`${stack.urls.console}/api/upload`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array([0, 255, 128]),
    });
    expect(await response.json()).toMatchObject({ body: 'AP+A', isBase64Encoded: true });
  });

  it('are chosen by the most specific route; others are not found', async () => {
    const item = (await (await fetch(`${stack.urls.console}/api/items/7`)).json()) as {
      routeKey: string;
      requestContext: object;
    };
    expect(item.routeKey).toBe('ANY /api/items/{id}');
    expect(item.requestContext).not.toHaveProperty('authorizer');
    expect((await fetch(`${stack.urls.console}/v1/track`, { method: 'POST' })).status).toBe(404);
  });

  it('are chosen as API Gateway chooses', () => {
    const routes = ['/{all+}', '/a/{x}', 'GET /a/{x}', '/a/b', '/a/{x}/c', '/{y}/b/c'].map((text) =>
      parseRoute(text, text, 'jwt'),
    );
    const chosen = (method: string, path: string) => findRoute(routes, method, path)?.route.functionName;
    expect(chosen('GET', '/a/b')).toBe('/a/b');
    expect(chosen('GET', '/a/z')).toBe('GET /a/{x}');
    expect(chosen('PUT', '/a/z')).toBe('/a/{x}');
    expect(chosen('GET', '/a/b/c')).toBe('/a/{x}/c');
    expect(chosen('GET', '/somewhere/else')).toBe('/{all+}');
    expect(findRoute(routes.slice(1), 'GET', '/nowhere')).toBeUndefined();
  });
});
