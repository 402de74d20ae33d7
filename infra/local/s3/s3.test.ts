/** Buckets and objects, as the AWS SDK and `aws s3` use them, and as distributed Maps read and write them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../shared/asl/index.ts';
import { createArns } from '../arns.ts';
import { endpointListener } from '../endpoint/endpoint.ts';
import { createStepFunctions, type StepFunctions } from '../step-functions/index.ts';
import { openStore } from '../store.ts';
import { awsCli } from '../test-support/aws-cli.ts';
import { createS3 } from './s3.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const program = await awsCli();
const folder = mkdtempSync(join(tmpdir(), 'pergola-s3-'));
const clock = { now: () => NOW, changed: () => {} };
const moveTo = () => Promise.reject(new Error('the clock stands still'));
const store = openStore(join(folder, 'stack.sqlite'));
const s3 = createS3({ store, clock, arns: createArns({ account: '000000000000', region: 'us-east-1' }) });
const server = createServer(endpointListener({ services: [s3], clock: { ...clock, moveTo }, local: () => {} }));
let endpoint: string;
let client: S3Client;
let machines: StepFunctions;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new S3Client({ endpoint, region: 'us-east-1', credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'garden' }));
  machines = createStepFunctions({
    file: ':memory:',
    clock,
    lambda: { invoke: async (_, payload) => ({ ok: true, payload }) },
    account: '000000000000',
    region: 'us-east-1',
    call: (_, operation, parameters) => s3.handle(operation, parameters as Record<string, unknown>),
  });
});

afterAll(() => {
  machines.close();
  client.destroy();
  server.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: 'garden', Key, Body }));
const textOf = async (Key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'garden', Key }));
  return (await Body?.transformToString()) ?? '';
};

describe('an object', () => {
  it('is given back as it came, whole or in part', async () => {
    const Key = 'beds/roses & thorns/ü.txt';
    const Metadata = { gardener: 'wang' };
    await client.send(
      new PutObjectCommand({ Bucket: 'garden', Key, Body: '0123456789', ContentType: 'text/plain', Metadata }),
    );
    expect(await textOf(Key)).toBe('0123456789');
    const part = await client.send(new GetObjectCommand({ Bucket: 'garden', Key, Range: 'bytes=2-4' }));
    expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['234', 'bytes 2-4/10']);
    const head = await client.send(new HeadObjectCommand({ Bucket: 'garden', Key }));
    expect(head).toMatchObject({ ContentLength: 10, ContentType: 'text/plain', Metadata, LastModified: new Date(NOW) });
  });

  it('may come as a stream of chunks', async () => {
    const Body = Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(10, 'b')]);
    await client.send(new PutObjectCommand({ Bucket: 'garden', Key: 'stream', Body, ContentLength: 70_010 }));
    expect(await textOf('stream')).toBe('a'.repeat(70_000) + 'b'.repeat(10));
  });

  it('is listed page by page, folders as one', async () => {
    for (const name of ['a', 'b/1', 'b/2', 'b0', 'c/1']) await put(`list/${name}`, name);
    const pages: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: 'garden',
          Prefix: 'list/',
          Delimiter: '/',
          MaxKeys: 2,
          ...(ContinuationToken && { ContinuationToken }),
        }),
      );
      pages.push([
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map((one) => one.Prefix),
      ]);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    expect(pages).toEqual([
      ['list/a', 'list/b/'],
      ['list/b0', 'list/c/'],
    ]);
  });

  it('that is not there is told by name; so is what is not emulated', async () => {
    await expect(textOf('nothing')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    const response = await fetch(`${endpoint}/garden/stream?uploads`, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/s3/aws4_request' },
    });
    expect([response.status, await response.text()]).toEqual([501, expect.stringContaining('is not emulated here')]);
  });

  it.skipIf(!program)('goes and comes by the AWS CLI', { timeout: 60_000 }, async () => {
    const aws = async (...args: string[]) => {
      const env = {
        PATH: process.env['PATH'],
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_DEFAULT_REGION: 'us-east-1',
      };
      return (await promisify(execFile)(program as string, ['--endpoint-url', endpoint, 's3', ...args], { env }))
        .stdout;
    };
    const [here, back] = [join(folder, 'here.txt'), join(folder, 'back.txt')];
    writeFileSync(here, 'a letter\n'.repeat(1000));
    await aws('cp', here, 's3://garden/march/first.txt');
    expect(await aws('ls', 's3://garden/march/')).toMatch(/9000 first\.txt/);
    await aws('cp', 's3://garden/march/first.txt', back);
    expect(readFileSync(back, 'utf8')).toBe(readFileSync(here, 'utf8'));
  });
});

type Answer = Record<string, unknown>;

const ROLE = 'arn:aws:iam::000000000000:role/r';

function mapMachine(map: JsonObject): Json {
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Each',
    States: { Each: { Type: 'Pass', End: true } },
  };
  const states = { All: { Type: 'Map', ItemProcessor: processor, End: true, ...map } };
  return { QueryLanguage: 'JSONata', StartAt: 'All', States: states };
}

async function runMap(map: JsonObject): Promise<{ described: Answer; types: string[] }> {
  const definition = JSON.stringify(mapMachine(map));
  const handle = (operation: string, body: Answer) => machines.handle(operation, body) as Promise<Answer>;
  const name = `m${Math.abs(hash(definition))}`;
  const { stateMachineArn } = await handle('CreateStateMachine', {
    name,
    definition,
    roleArn: ROLE,
  });
  const { executionArn } = await handle('StartExecution', { stateMachineArn });
  do await new Promise((resolve) => setImmediate(resolve));
  while (machines.busy());
  const { events } = await handle('GetExecutionHistory', { executionArn });
  return {
    described: await handle('DescribeExecution', { executionArn }),
    types: (events as { type: string }[]).map(({ type }) => type),
  };
}

const hash = (text: string) => [...text].reduce((sum, sign) => (Math.imul(sum, 31) + sign.charCodeAt(0)) | 0, 0);
const reader = (config: JsonObject, Key: string) => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: config,
    Arguments: { Bucket: 'garden', Key },
  },
});
const outputOf = ({ described }: { described: Answer }) => JSON.parse(String(described['output'])) as Json;

describe('a distributed Map', () => {
  it('reads its items from a list in JSON, from lines, and from a table', async () => {
    await put('items.json', JSON.stringify({ plants: [{ n: 1 }, { n: 2 }, { n: 3 }] }));
    const json = await runMap(
      reader({ InputType: 'JSON', ItemsPointer: '/plants', MaxItems: '{% 1 + 1 %}' }, 'items.json'),
    );
    expect(outputOf(json)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(json.types.slice(1, -1)).toEqual([
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
    ]);
    const nowhere = await runMap(reader({ InputType: 'JSON', ItemsPointer: '/trees' }, 'items.json'));
    expect(nowhere.described).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.',
    });
    await put('items.jsonl', '{"n":1}\n\n[2]\n');
    expect(outputOf(await runMap(reader({ InputType: 'JSONL' }, 'items.jsonl')))).toEqual([{ n: 1 }, [2]]);
    await put('items.csv', 'name;note\nrose;"a; b"\nivy\n');
    const csv = reader({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVDelimiter: 'SEMICOLON' }, 'items.csv');
    expect(outputOf(await runMap(csv))).toEqual([
      { name: 'rose', note: 'a; b' },
      { name: 'ivy', note: '' },
    ]);
  });

  it('reads what manifests name: an inventory of S3, and what Athena has unloaded', async () => {
    const packed = (text: string) => gzipSync(text);
    await s3.handle('PutObject', {
      Bucket: 'garden',
      Key: 'inventory/1.csv.gz',
      Body: packed('"garden","a.txt","3"\n"garden","b.txt","5"\n'),
    });
    await s3.handle('PutObject', {
      Bucket: 'garden',
      Key: 'inventory/2.csv.gz',
      Body: packed('"garden","c.txt","8"\n'),
    });
    const manifest = {
      sourceBucket: 'garden',
      destinationBucket: 'arn:aws:s3:::garden',
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size',
      files: [{ key: 'inventory/1.csv.gz' }, { key: 'inventory/2.csv.gz' }],
    };
    await put('manifest.json', JSON.stringify(manifest));
    const rows = ['a.txt', 'b.txt', 'c.txt'].map((Key, i) => ({ Bucket: 'garden', Key, Size: ['3', '5', '8'][i] }));
    expect(outputOf(await runMap(reader({ InputType: 'MANIFEST' }, 'manifest.json')))).toEqual(rows);
    const some = reader({ InputType: 'MANIFEST', ManifestType: 'S3_INVENTORY', MaxItems: 2 }, 'manifest.json');
    expect(outputOf(await runMap(some))).toEqual(rows.slice(0, 2));
    await put('unloaded/1', '{"n":1}\n{"n":2}\n');
    await put('unloaded/2', '{"n":3}\n');
    await put('unloaded.csv', 's3://garden/unloaded/1\ns3://garden/unloaded/2\n');
    const athena = reader({ InputType: 'JSONL', ManifestType: 'ATHENA_DATA' }, 'unloaded.csv');
    expect(outputOf(await runMap(athena))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('reads what is in the objects of a bucket', async () => {
    await put('logs/1.csv', 'level,n\nINFO,1\nERROR,2\n');
    await put('logs/2.csv', 'level,n\nWARN,3\n');
    const done = await runMap({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', Transformation: 'LOAD_AND_FLATTEN' },
        Arguments: { Bucket: 'garden', Prefix: 'logs/' },
      },
    });
    expect(outputOf(done)).toEqual([
      { level: 'INFO', n: '1' },
      { level: 'ERROR', n: '2' },
      { level: 'WARN', n: '3' },
    ]);
  });

  it('works on the objects of a bucket, selected from and in batches', async () => {
    for (const name of ['x', 'y', 'z']) await put(`seeds/${name}`, name);
    const done = await runMap({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Arguments: { Bucket: 'garden', Prefix: 'seeds/' },
      },
      ItemSelector: { key: '{% $states.context.Map.Item.Value.Key %}' },
      ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { run: '{% $states.context.Execution.Name %}' } },
      Output: '{% $states.result.{"keys": Items.key, "named": $exists(BatchInput.run)} %}',
    });
    expect(outputOf(done)).toEqual([
      { keys: ['seeds/x', 'seeds/y'], named: true },
      { keys: 'seeds/z', named: true },
    ]);
  });

  it('writes what became of each item, with a manifest', async () => {
    const done = await runMap({
      Items: [1, 2],
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'garden', Prefix: 'out' } },
    });
    const { MapRunArn, ResultWriterDetails } = outputOf(done) as {
      MapRunArn: string;
      ResultWriterDetails: { Key: string };
    };
    expect(ResultWriterDetails.Key).toBe(`out/${MapRunArn.split(':').at(-1)}/manifest.json`);
    const manifest = JSON.parse(await textOf(ResultWriterDetails.Key)) as {
      ResultFiles: { SUCCEEDED: { Key: string }[] };
    };
    expect(manifest).toMatchObject({
      DestinationBucket: 'garden',
      MapRunArn,
      ResultFiles: { FAILED: [], PENDING: [] },
    });
    const [file] = manifest.ResultFiles.SUCCEEDED;
    expect(JSON.parse(await textOf(file?.Key ?? ''))).toMatchObject([
      { Input: '1', Output: '1', Status: 'SUCCEEDED', RedriveStatus: 'NOT_REDRIVABLE' },
      { Input: '2', Output: '2', Status: 'SUCCEEDED' },
    ]);
    const { itemCounts } = (await machines.handle('DescribeMapRun', { mapRunArn: MapRunArn })) as {
      itemCounts: Answer;
    };
    expect(itemCounts).toMatchObject({ succeeded: 2, resultsWritten: 2 });
  });

  it('reads again what was not read when the process ended', async () => {
    await put('again.json', '[1,2]');
    const file = join(folder, 'again.sqlite');
    const open = (read: (parameters: unknown) => Promise<unknown>) =>
      createStepFunctions({
        file,
        clock,
        lambda: { invoke: async (_, payload) => ({ ok: true, payload }) },
        account: '000000000000',
        region: 'us-east-1',
        call: (_service, _operation, parameters) => read(parameters),
      });
    const definition = JSON.stringify(mapMachine(reader({ InputType: 'JSON' }, 'again.json')));
    const first = open(() => new Promise(() => {}));
    const { stateMachineArn } = (await first.handle('CreateStateMachine', {
      name: 'again',
      definition,
      roleArn: ROLE,
    })) as Answer;
    const { executionArn } = (await first.handle('StartExecution', { stateMachineArn })) as Answer;
    first.close();
    const second = open((parameters) => s3.handle('GetObject', parameters as Answer));
    do await new Promise((resolve) => setImmediate(resolve));
    while (second.busy());
    expect(await second.handle('DescribeExecution', { executionArn })).toMatchObject({ output: '[1,2]' });
    second.close();
  });

  it('fails, and its run with it, when there is nothing to read or nowhere to write', async () => {
    const missing = await runMap(reader({ InputType: 'JSON' }, 'nothing.json'));
    expect(missing.described).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
      cause: expect.stringMatching(/^The specified key does not exist\./),
    });
    expect(missing.types.slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
    await put('object.json', '{"no":"list"}');
    expect((await runMap(reader({ InputType: 'JSON' }, 'object.json'))).described['cause']).toBe(
      'Attempting to map over non-iterable node.',
    );
    const writer = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'nowhere' } };
    expect((await runMap({ Items: [1], ResultWriter: writer })).described['error']).toBe('States.ResultWriterFailed');
  });
});
