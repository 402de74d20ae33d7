import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBRecord } from 'aws-lambda';
import { createStepFunctions } from '../../infra/local/step-functions/index.ts';
import { AwsError, type LambdaResult } from '../../infra/local/time-source.ts';
import type { LocalTables } from './local-tables.ts';

/** A call of a step handler that a machine has made and that waits to be served. */
export interface StepCall {
  readonly handler: 'decide' | 'perform' | 'await';
  readonly payload: Record<string, unknown>;
  readonly answer: (payload: unknown) => void;
}

export interface HandDriven {
  /** The next call of a machine; waits for it. */
  readonly nextCall: () => Promise<StepCall>;
  /** Calls not yet taken. */
  readonly pending: () => number;
  /** Status and error of every execution, by name. */
  readonly executions: () => Promise<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/**
 * A real Step Functions service whose Lambda calls are served by the story itself, one by one: so that it can look
 * between them, repeat them, or let them crash. Publishes under the ARNs that it puts into the environment.
 */
export async function startHandDriven(now: () => number): Promise<HandDriven> {
  const calls: StepCall[] = [];
  const waiting: ((call: StepCall) => void)[] = [];
  const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:pergola-steps-${name}:live`;
  const service = createStepFunctions({
    file: ':memory:',
    clock: { now, changed: () => {} },
    account: '000000000000',
    region: 'us-east-1',
    lambda: {
      invoke: (name, payload) =>
        new Promise<LambdaResult>((resolve) => {
          const handler = /steps-(\w+)/.exec(name)?.[1] as StepCall['handler'];
          const answer = (result: unknown) => resolve({ ok: true, payload: result });
          const call = { handler, payload: payload as Record<string, unknown>, answer };
          const taker = waiting.shift();
          if (taker === undefined) calls.push(call);
          else taker(call);
        }),
    },
  });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    response.setHeader('Content-Type', 'application/x-amz-json-1.0');
    try {
      response.end(
        JSON.stringify(await service.handle(operation, JSON.parse(Buffer.concat(chunks).toString() || '{}'))),
      );
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      response.statusCode = error.status;
      response.end(JSON.stringify({ __type: error.code, message: error.message, ...error.extra }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    STATE_MACHINE_PREFIX: 'pergola-jny-',
    EXECUTION_ROLE_ARN: 'arn:aws:iam::000000000000:role/pergola-execution',
    STEP_DECIDE_ARN: arn('decide'),
    STEP_PERFORM_ARN: arn('perform'),
    STEP_AWAIT_ARN: arn('await'),
  });
  return {
    nextCall: () => {
      const call = calls.shift();
      return call === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(call);
    },
    pending: () => calls.length,
    executions: async () => {
      const { stateMachines } = (await service.handle('ListStateMachines', {})) as {
        stateMachines: { stateMachineArn: string }[];
      };
      const found: Record<string, string> = {};
      for (const { stateMachineArn } of stateMachines) {
        const { executions } = (await service.handle('ListExecutions', { stateMachineArn })) as {
          executions: { name: string; status: string }[];
        };
        for (const { name, status } of executions) found[name] = status;
      }
      return found;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      service.close();
    },
  };
}

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** The stream records of a table's rows as if they had been inserted in the order of customer and version. */
export async function insertedRows(
  tables: LocalTables,
  table: 'profiles' | 'messages' | 'tasks',
): Promise<DynamoDBRecord[]> {
  const rows = (await tables.rows(table)) as unknown as Image[];
  const place = (row: Image) => `${row['pk']?.S}|${(row['version']?.N ?? '').padStart(6, '0')}|${row['sk']?.S}`;
  return rows
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
    .map((row, index) => ({
      eventName: 'INSERT',
      dynamodb: { Keys: { pk: row['pk']!, sk: row['sk']! }, NewImage: row, SequenceNumber: String(1000 + index) },
    }));
}
