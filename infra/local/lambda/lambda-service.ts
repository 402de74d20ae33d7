import type { Arns } from '../arns.ts';
import { RestAnswer, restDoor } from '../endpoint/doors/rest.ts';
import { type Body, type EndpointService, operationTable } from '../endpoint/service.ts';
import { AwsError, type LambdaResult } from '../time-source.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { Host } from './host.ts';

const FUNCTIONS = '/2015-03-31/functions';

/** The part of Lambda's API that invokes functions and says which there are. */
export function createLambdaService(options: {
  readonly lambda: Host;
  readonly invocations: AsyncInvocations;
  readonly arns: Arns;
}): EndpointService {
  const { lambda, invocations, arns } = options;
  const notFound = (message: string) => new AwsError('ResourceNotFoundException', message, 404, { Type: 'User' });

  async function invoke(body: Body): Promise<RestAnswer> {
    const qualifier = body['Qualifier'];
    const name = `${String(body['FunctionName'])}${qualifier === undefined ? '' : `:${String(qualifier)}`}`;
    const missing = () => notFound(`Function not found: ${name}`);
    const payload = String(body['Payload'] ?? '') || '{}';
    const event = parse(payload);
    if (body['InvocationType'] === 'DryRun') return new RestAnswer(204, '');
    if (body['InvocationType'] === 'Event') {
      if (!invocations.take(name, payload)) throw missing();
      return new RestAnswer(202, '');
    }
    const result = await lambda.invoke(name, event);
    if (!result.ok && 'notFound' in result) throw missing();
    return answerOf(result);
  }

  const configuration = (name: string): Body => {
    const found = lambda.describe(name);
    if (!found) throw notFound(`Function not found: ${arns.fn(name)}`);
    return {
      FunctionName: name,
      FunctionArn: arns.fn(name),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: found.timeoutSeconds,
      MemorySize: found.memoryMb,
      Version: '$LATEST',
      State: 'Active',
      PackageType: 'Zip',
    };
  };
  const named = (body: Body) =>
    configuration(lambda.nameOf(String(body['FunctionName'])) ?? String(body['FunctionName']));

  return {
    names: ['lambda'],
    doors: [
      restDoor([
        {
          operation: 'Invoke',
          method: 'POST',
          path: `${FUNCTIONS}/{FunctionName}/invocations`,
          query: { Qualifier: 'Qualifier' },
          headers: { 'x-amz-invocation-type': 'InvocationType' },
          payload: 'Payload',
        },
        { operation: 'ListFunctions', method: 'GET', path: FUNCTIONS },
        { operation: 'GetFunction', method: 'GET', path: `${FUNCTIONS}/{FunctionName}` },
        { operation: 'GetFunctionConfiguration', method: 'GET', path: `${FUNCTIONS}/{FunctionName}/configuration` },
      ]),
    ],
    ...operationTable('Lambda', {
      Invoke: invoke,
      ListFunctions: () => ({ Functions: lambda.names().sort().map(configuration) }),
      GetFunction: (body) => ({ Configuration: named(body), Tags: {} }),
      GetFunctionConfiguration: named,
    }),
  };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(error)}`);
  }
}

function answerOf(result: Exclude<LambdaResult, { notFound: true }>): RestAnswer {
  const headers: Record<string, string> = { 'x-amz-executed-version': '$LATEST' };
  if (result.ok) return new RestAnswer(200, JSON.stringify(result.payload), headers);
  const { errorType, errorMessage, trace } = result;
  const body = JSON.stringify({ errorType, errorMessage, ...(trace ? { trace } : {}) });
  return new RestAnswer(200, body, { ...headers, 'x-amz-function-error': 'Unhandled' });
}
