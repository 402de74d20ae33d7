import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeySpec } from '@aws-sdk/client-kms';
import { ObjectLockMode, StorageClass } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { mockResultProblem, parseResource } from '../../../../shared/asl/index.ts';
import { readBounds } from './generate-bounds.ts';
import { taskAnswerShape } from './task-answer.ts';

const HEAD = `// Made by generate-bounds.ts from botocore's models (Apache-2.0).
export const ANSWER_BOUNDS: Readonly<Record<string, Readonly<Record<string, { min?: number; max?: number }>>>> = `;

async function problem(resource: string, result: unknown, mode: 'STRICT' | 'PRESENT' | 'NONE' = 'STRICT') {
  const parsed = parseResource(`arn:aws:states:::${resource}`);
  const shape = parsed && (await taskAnswerShape(parsed));
  return shape && mockResultProblem(result as never, shape, mode);
}

describe('the answer of a service, by the model in its SDK client', () => {
  it('has texts, numbers, lists, bytes and instants in their places', async () => {
    const s3 = 'aws-sdk:s3:getObject';
    expect(
      await problem(s3, { ContentLength: 9000, LastModified: '2026-01-01T00:00:00Z', Body: 'text' }),
    ).toBeUndefined();
    expect(await problem(s3, { ContentLength: '9000' })).toMatch(/'ContentLength' must be a number$/);
    expect(await problem(s3, { LastModified: 1 })).toMatch(/'LastModified' must be a string$/);
    expect(await problem(s3, { Metadata: 'x' })).toMatch(/'Metadata' must be an object$/);
    expect(await problem('aws-sdk:s3:listBuckets', { Buckets: {} })).toMatch(/'Buckets' must be an array$/);
    expect(await problem('aws-sdk:kms:encrypt', { CiphertextBlob: 1 })).toMatch(/'CiphertextBlob' must be a string$/);
    expect(await problem('dynamodb:getItem', { Item: { id: { BOOL: 'yes' } } })).toMatch(/'BOOL' must be a boolean$/);
  });

  it('takes only the values that a text may have', async () => {
    const s3 = 'aws-sdk:s3:getObject';
    for (const value of [...Object.values(StorageClass)])
      expect(await problem(s3, { StorageClass: value })).toBeUndefined();
    for (const value of Object.values(ObjectLockMode))
      expect(await problem(s3, { ObjectLockMode: value })).toBeUndefined();
    expect(await problem(s3, { StorageClass: 'Papyrus' })).toMatch(/'StorageClass' is not an expected value$/);
    const spec: KeySpec = 'RSA_2048';
    expect(await problem('aws-sdk:kms:generateDataKeyPair', { KeyPairSpec: spec })).toBeUndefined();
    expect(await problem('aws-sdk:kms:generateDataKeyPair', { KeyPairSpec: 'ROT13' })).toMatch(
      /not an expected value$/,
    );
  });

  it('keeps to the lengths of texts and the sizes of numbers', async () => {
    const configuration = 'aws-sdk:lambda:getFunctionConfiguration';
    expect(await problem(configuration, { MemorySize: 128, Timeout: 1 })).toBeUndefined();
    expect(await problem(configuration, { MemorySize: 127 })).toMatch(/'MemorySize' is less than the minimum value$/);
    expect(await problem(configuration, { Timeout: 0 }, 'PRESENT')).toMatch(
      /'Timeout' is less than the minimum value$/,
    );
    expect(await problem(configuration, { Timeout: 0 }, 'NONE')).toBeUndefined();
    expect(await problem('aws-sdk:lambda:getFunction', { Configuration: { MemorySize: 1e6 } })).toMatch(
      /'MemorySize' exceeds the maximum value$/,
    );
    expect(await problem('aws-sdk:kms:encrypt', { CiphertextBlob: '' })).toMatch(
      /'CiphertextBlob' is smaller than the minimum length$/,
    );
    expect(await problem('aws-sdk:kms:encrypt', { KeyId: 'k'.repeat(2049) })).toMatch(
      /'KeyId' exceeds the maximum length$/,
    );
    expect(await problem('aws-sdk:sfn:listActivities', { Activities: [{ Name: '' }] }, 'PRESENT')).toMatch(
      /'Name' is smaller than the minimum length$/,
    );
  });

  const botocore = process.env['BOTOCORE'];
  // Whoever has botocore's models, and says where, holds the file to them; without them there is nothing to look at.
  if (botocore !== undefined)
    it('has them as botocore says', () => {
      const file = join(import.meta.dirname, 'answer-bounds.generated.ts');
      const bounds = JSON.stringify(readBounds(botocore), undefined, 1);
      const made = `${HEAD}${bounds.replace(/\n {3}|\n {2}(?=\})/g, ' ')};\n`;
      if (process.env['UPDATE_GENERATED']) writeFileSync(file, made);
      expect(readFileSync(file, 'utf8')).toBe(made);
    });

  it('must be whole, if so wanted', async () => {
    const start = 'states:startExecution';
    expect(await problem(start, {})).toMatch(/Required field 'ExecutionArn' is missing$/);
    expect(await problem(start, { StartDate: true }, 'PRESENT')).toMatch(/'StartDate' must be a string$/);
    expect(await problem(start, {}, 'PRESENT')).toBeUndefined();
    expect(await problem(start, { StartDate: true }, 'NONE')).toBeUndefined();
    expect(await problem(start, { Unheard: 'of', ExecutionArn: 'a', StartDate: 'b' })).toBeUndefined();
  });

  it('of a job is that of the call that asks after it; of a callback anything', async () => {
    expect(await problem('states:startExecution.sync:2', { ExecutionArn: 'a' })).toMatch(
      /'StateMachineArn' is missing$/,
    );
    expect(await problem('lambda:invoke.waitForTaskToken', { StatusCode: 'x' })).toBeUndefined();
  });

  it('of a function holds its payload as JSON', async () => {
    expect(await problem('lambda:invoke', { Payload: { a: 1 }, StatusCode: 200 })).toBeUndefined();
    expect(await problem('lambda:invoke', { StatusCode: '200' })).toMatch(/'StatusCode' must be a number$/);
  });

  it('is not known where no client is installed', async () => {
    expect(await problem('aws-sdk:nosuchservice:doIt', { a: 1 })).toBeUndefined();
    expect(await problem('apigateway:invoke', { a: 1 })).toBeUndefined();
  });
});
