import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Call, handler, installRequest, outcome } from './install-handler.ts';

const properties = { packs: ['private-domain', 'saas-short-link'], publisher: 'pergola-http-publish' };
const noWait = async (): Promise<void> => {};

/** A publisher that answers these statuses in turn, then 200. */
function publisher(...statuses: (number | Error)[]): Call & { asked: string[] } {
  const asked: string[] = [];
  const call = async (_name: string, request: object) => {
    asked.push((request as { rawPath: string }).rawPath);
    const status = statuses.shift() ?? 200;
    if (status instanceof Error) throw status;
    return { statusCode: status, body: '{"error":{"code":"some-code"}}' };
  };
  return Object.assign(call, { asked });
}

describe('installing the packs while deploying', () => {
  it('asks the publisher for each pack, as an admin', async () => {
    const call = publisher();
    expect(await outcome({ RequestType: 'Create', ResourceProperties: properties }, call, noWait)).toBeUndefined();
    expect(call.asked).toEqual(['/api/packs/private-domain/install', '/api/packs/saas-short-link/install']);
    expect(installRequest('x')).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { 'cognito:groups': '[admin]' } } }, http: { method: 'POST' } },
    });
  });

  it('says in which language, where the settings do', () => {
    expect(installRequest('x')).toMatchObject({ body: '{}' });
    expect(installRequest('x', 'en')).toMatchObject({ body: '{"language":"en"}' });
  });

  it('tries again while AWS is not ready yet', async () => {
    const call = publisher(500, new Error('The role cannot be assumed'), 200);
    expect(await outcome({ RequestType: 'Update', ResourceProperties: properties }, call, noWait)).toBeUndefined();
    expect(call.asked).toHaveLength(4);
  });

  it('fails the deploy with the reason when the publisher refuses, and does not ask for the next pack', async () => {
    const call = publisher(422);
    const reason = await outcome({ RequestType: 'Create', ResourceProperties: properties }, call, noWait);
    expect(reason).toMatch(/private-domain was refused with 422: .*some-code/);
    expect(call.asked).toHaveLength(1);
  });

  it('gives up after five attempts', async () => {
    const call = publisher(503, 503, 503, 503, 503, 503);
    expect(await outcome({ RequestType: 'Create', ResourceProperties: properties }, call, noWait)).toMatch(/503/);
    expect(call.asked).toHaveLength(5);
  });

  it('removes nothing when the stack goes, and tells CloudFormation so', async () => {
    const told: { method?: string; type?: string; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push({ method: request.method, type: request.headers['content-type'], body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await handler({
        RequestType: 'Delete',
        ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=1`,
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Packs',
        PhysicalResourceId: 'packs',
        ResourceProperties: properties,
      });
    } finally {
      server.close();
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ method: 'PUT', type: '' });
    expect(JSON.parse(told[0]!.body)).toEqual({
      Status: 'SUCCESS',
      Reason: 'Installed',
      PhysicalResourceId: 'packs',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Packs',
    });
  });
});
