import { request } from 'node:http';
import { DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCli, runAws } from '../test-support/aws-cli.ts';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';

const program = await awsCli();

describe('the endpoint', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startTestStack();
  });
  afterAll(() => stack.end());

  /** A request as any program could make it; `headers` may lie about the host. */
  const raw = (
    headers: Record<string, string>,
    options: { port?: 'endpoint' | 'console'; path?: string; body?: string } = {},
  ) =>
    new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
      const url = new URL(options.path ?? '/', stack.urls[options.port ?? 'endpoint']);
      const call = request(url, { method: options.body === undefined ? 'GET' : 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      });
      call.on('error', reject);
      call.end(options.body);
    });

  it('passes DynamoDB and its streams through', async () => {
    const client = new DynamoDBClient(sdk(stack));
    const key = { pk: { S: 'a' }, sk: { S: 'b' } };
    await client.send(new PutItemCommand({ TableName: 'pergola-tags', Item: { ...key, text: { S: '花径' } } }));
    expect((await client.send(new GetItemCommand({ TableName: 'pergola-tags', Key: key }))).Item?.['text']?.S).toBe(
      '花径',
    );
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'pergola-profiles' }));
    expect(Table?.StreamSpecification?.StreamViewType).toBe('NEW_IMAGE');
    const streams = await new DynamoDBStreamsClient(sdk(stack)).send(new ListStreamsCommand({}));
    expect(streams.Streams?.map((stream) => stream.TableName)).toContain('pergola-profiles');
    await expect(client.send(new GetItemCommand({ TableName: 'no-such-table', Key: key }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('delivers changes that were written through it', async () => {
    await new DynamoDBClient(sdk(stack)).send(
      new PutItemCommand({ TableName: 'pergola-profiles', Item: { pk: { S: 'by-hand' }, sk: { S: 'x' } } }),
    );
    await stack.clock.settled();
    expect(stack.calls('follow')).toHaveLength(1);
  });

  it('answers for Step Functions', async () => {
    const { stateMachines } = await new SFNClient(sdk(stack)).send(new ListStateMachinesCommand({}));
    expect(stateMachines).toEqual([]);
  });

  it('invokes functions, and shapes their errors as Lambda does', async () => {
    const lambda = new LambdaClient(sdk(stack));
    const invoke = async (FunctionName: string, payload: object, more: object = {}) => {
      const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), ...more }));
      const text = answer.Payload?.transformToString() ?? '';
      return { ...answer, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
    };
    expect(await invoke('pergola-steps-decide', { say: 'hello' })).toMatchObject({
      StatusCode: 200,
      json: { said: 'hello' },
    });
    expect(
      await invoke('arn:aws:lambda:us-east-1:000000000000:function:pergola-steps-decide:live', { fail: 'gone' }),
    ).toMatchObject({
      FunctionError: 'Unhandled',
      json: { errorType: 'Pergola.Ended', errorMessage: 'gone', trace: expect.any(Array) },
    });
    expect(await invoke('pergola-steps-decide', { hang: true }, { Qualifier: 'live' })).toMatchObject({
      FunctionError: 'Unhandled',
      json: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('timed out after 2.00 seconds') },
    });
    expect(await invoke('pergola-steps-decide', { say: 1 }, { InvocationType: 'Event' })).toMatchObject({
      StatusCode: 202,
    });
    for (const name of ['pergola-nobody', 'pergola-steps-decide:no-such-alias'])
      await expect(invoke(name, {})).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: `Function not found: ${name}`,
      });
  });

  it('says plainly what is not emulated, in the form of the protocol', async () => {
    const json = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Kinesis_20131202.PutRecord' };
    const answer = await raw(json, { body: '{}' });
    expect(answer).toMatchObject({ status: 501, headers: { 'x-amzn-errortype': 'NotEmulated' } });
    expect(JSON.parse(answer.text)).toMatchObject({
      __type: 'NotEmulated',
      message: expect.stringMatching(
        /^Kinesis_20131202 PutRecord is not emulated here. This endpoint answers DynamoDB/,
      ),
    });
    const signed = {
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request, Signature=0',
    };
    expect((await raw(signed, { path: '/restapis' })).text).toContain('apigateway GET /restapis is not emulated here.');
    const known = { authorization: signed.authorization.replace('/apigateway/', '/ses/') };
    expect((await raw(known, { path: '/v2/email/contact-lists' })).text).toContain(
      'SES v2 GET /v2/email/contact-lists is not emulated here.',
    );
    const query = await raw(
      { 'content-type': 'application/x-www-form-urlencoded' },
      { body: 'Action=Publish&Version=2010-03-31' },
    );
    expect(query.text).toContain('<Code>NotEmulated</Code>');
    expect(query.text).toContain('Publish is not emulated here.');
    const garbage = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' };
    expect(JSON.parse((await raw(garbage, { body: '{nope' })).text)).toMatchObject({
      __type: 'SerializationException',
    });
  });

  it('is not driven by web pages of other places', async () => {
    for (const port of ['endpoint', 'console'] as const) {
      const clock = { port, path: '/_local/clock' };
      expect((await raw({}, clock)).status).toBe(200);
      expect((await raw({ origin: 'http://localhost:5173' }, clock)).status).toBe(200);
      expect((await raw({ origin: 'https://example.com' }, clock)).status).toBe(403);
      expect((await raw({ origin: 'null' }, clock)).status).toBe(403);
      expect((await raw({ host: 'rebound.example.com' }, clock)).status).toBe(403);
    }
  });

  it.skipIf(!program)('serves the AWS CLI, and names what is not there', { timeout: 60_000 }, async () => {
    const aws = (...args: string[]) => runAws(program ?? '', stack.urls.endpoint, args);
    expect(await aws('dynamodb', 'list-tables')).toMatchObject({
      TableNames: expect.arrayContaining(['pergola-profiles']),
    });
    await expect(aws('kinesis', 'list-streams')).rejects.toThrow(/kinesis ListStreams is not emulated here/);
  });
});
