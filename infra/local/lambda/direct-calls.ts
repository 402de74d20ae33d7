import type { BatchWriteItemInput } from '@aws-sdk/client-dynamodb';
import { type DynamoClient, DynamoError } from '../dynamodb/client.ts';
import type { FileReads } from '../dynamodb/file-reads.ts';
import { withBytes } from '../dynamodb/with-bytes.ts';
import { AwsError } from '../time-source.ts';

/** As functions/ports/sdk asks for it: a call by the SDK's names, its output, or undefined for "by HTTP, please". */
export type DirectCalls = (client: string, command: string, input: object) => Promise<object | undefined>;

/**
 * Carries out what the functions call all day without the SDK's HTTP: functions and services share this process, and a
 * day in the life of a journey is thousands of calls. Only operations whose members mean the same as JSON; the rest, and
 * whatever did not succeed, goes over HTTP like the calls of anybody else, so that errors are the SDK's own.
 */
export function createDirectCalls(options: {
  readonly client: Pick<DynamoClient, 'callText'>;
  /** What it can answer need not go to the database. */
  readonly reads?: FileReads | undefined;
  /** One of the endpoint's services, as `aws-sdk:` integrations name them. */
  readonly call: (service: string, operation: string, body: unknown) => Promise<unknown>;
}): DirectCalls {
  const { client, reads, call } = options;

  const database = (operation: string) => async (input: object) =>
    withBytes(await client.callText(operation, toJson(input)));
  const together = async (input: object) => {
    await database('TransactWriteItems')({ TransactItems: togetherItems(input as BatchWriteItemInput) });
    return { UnprocessedItems: {} };
  };
  const service = (name: string, operation: string) => async (input: object) =>
    withDates((await call(name, operation, JSON.parse(toJson(input)))) as object);

  const direct: Readonly<Record<string, (input: object) => Promise<object>>> = {
    'DynamoDBClient BatchGetItemCommand': async (input) => reads?.batchGet(input) ?? database('BatchGetItem')(input),
    'DynamoDBClient BatchWriteItemCommand': reads === undefined ? database('BatchWriteItem') : together,
    'DynamoDBClient PutItemCommand': database('PutItem'),
    'DynamoDBClient QueryCommand': async (input) => reads?.query(input) ?? database('Query')(input),
    'DynamoDBClient TransactWriteItemsCommand': once(database('TransactWriteItems')),
    'DynamoDBClient UpdateItemCommand': database('UpdateItem'),
    'EventBridgeClient PutEventsCommand': service('events', 'PutEvents'),
    'SFNClient SendTaskSuccessCommand': service('states', 'SendTaskSuccess'),
    'SFNClient StartExecutionCommand': service('states', 'StartExecution'),
    'SFNClient StopExecutionCommand': service('states', 'StopExecution'),
  };

  return async (name, command, input) => {
    const carryOut = direct[`${name} ${command}`];
    if (carryOut === undefined) return undefined;
    try {
      return await carryOut(input);
    } catch (error) {
      if (error instanceof AwsError || error instanceof DynamoError || isSystemError(error)) return undefined;
      throw error;
    }
  };
}

/**
 * A transaction whose answer is lost is not made again by HTTP: it may be done, and has no token by which that would be
 * noticed (dynoxide takes a third longer for one of several rows that has). Whoever made it fails as if the process had died at that
 * moment, and is called again.
 */
function once(call: (input: object) => Promise<object>): (input: object) => Promise<object> {
  return async (input) => {
    try {
      return await call(input);
    } catch (error) {
      if (!isSystemError(error) || error.code === 'ECONNREFUSED') throw error;
      throw new AnswerLostError({ cause: error });
    }
  };
}

class AnswerLostError extends Error {
  readonly code = 'AnswerLost';
  constructor(options: ErrorOptions) {
    super('The database went away before it answered; whether the transaction was written is not known.', options);
    this.name = 'AnswerLostError';
  }
}

/** Of a socket: the database is being started again. */
const isSystemError = (error: unknown): error is Error & { syscall: string; code?: string } =>
  error instanceof Error && 'syscall' in error;

/**
 * Rows that need not be written together may be, where the database is our own: dynoxide commits each row of a batch by itself, which takes it three times
 * as long as one transaction of them all.
 */
const togetherItems = ({ RequestItems }: BatchWriteItemInput) =>
  Object.entries(RequestItems ?? {}).flatMap(([TableName, list]) =>
    list.map(({ PutRequest, DeleteRequest }) =>
      PutRequest === undefined ? { Delete: { TableName, ...DeleteRequest } } : { Put: { TableName, ...PutRequest } },
    ),
  );

/** As AWS's JSON protocols write it: bytes in base64, instants in seconds since the epoch. */
const toJson = (input: object): string => JSON.stringify(input, wired);

function wired(this: unknown, key: string, value: unknown): unknown {
  // A value may have been through its own toJSON already.
  const raw = (this as Record<string, unknown>)[key];
  if (raw instanceof Date) return raw.getTime() / 1000;
  return raw instanceof Uint8Array ? Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64') : value;
}

const withDates = (answer: object): object =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      name.endsWith('Date') && typeof value === 'number' ? new Date(value * 1000) : value,
    ]),
  );
