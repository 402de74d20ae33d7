import { setTimeout as pause } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** What CloudFormation sends to a custom resource, as far as it is used here. */
export interface CustomResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: {
    readonly packs: readonly string[];
    /** Of their journeys; absent: as they were installed last. */
    readonly language?: string;
    readonly publisher: string;
  };
}

/** Calls the publisher with an HTTP request and answers status and body. */
export type Call = (functionName: string, request: object) => Promise<{ statusCode: number; body: string }>;

const ATTEMPTS = 5;

/**
 * Part of a deploy: asks the publisher to install the packs, by the same request as a person in the Console, speaking as
 * an admin (who may invoke the publisher is said by IAM). Tells CloudFormation how it came out; never throws, for a
 * custom resource that does not answer holds a deploy for an hour.
 */
export async function handler(request: CustomResourceRequest): Promise<void> {
  await answer(request, await outcome(request, invoke, pause));
}

/** Undefined when all is well, else the reason. Deleting removes nothing: packs live in tables that are kept. */
export async function outcome(
  { RequestType, ResourceProperties }: Pick<CustomResourceRequest, 'RequestType' | 'ResourceProperties'>,
  call: Call,
  wait: (ms: number) => Promise<unknown>,
): Promise<string | undefined> {
  if (RequestType === 'Delete') return undefined;
  for (const pack of ResourceProperties.packs) {
    const refused = await install(pack, ResourceProperties, call, wait);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Roles made a moment ago are not known everywhere yet, so failures on AWS's side are tried again for a while. */
async function install(
  pack: string,
  { publisher, language }: CustomResourceRequest['ResourceProperties'],
  call: Call,
  wait: (ms: number) => Promise<unknown>,
): Promise<string | undefined> {
  let refused = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      const { statusCode, body } = await call(publisher, installRequest(pack, language));
      if (statusCode < 300) return undefined;
      refused = `The pack ${pack} was refused with ${statusCode}: ${body.slice(0, 400)}`;
      if (statusCode < 500) return refused;
    } catch (error) {
      refused = `The pack ${pack} could not be installed: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (attempt < ATTEMPTS) await wait(2000 * 2 ** (attempt - 1));
  }
  return refused;
}

/** An HTTP API event (payload format 2.0) as the authorizer would pass it on. */
export function installRequest(pack: string, language?: string): object {
  const path = `/api/packs/${encodeURIComponent(pack)}/install`;
  const claims = { sub: 'deploy', username: 'deploy', 'cognito:groups': '[admin]' };
  return {
    version: '2.0',
    routeKey: 'ANY /api/packs/{id}/install',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'deploy' },
    requestContext: {
      accountId: '',
      apiId: 'deploy',
      domainName: 'deploy',
      domainPrefix: 'deploy',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'deploy' },
      requestId: `deploy-${pack}`,
      routeKey: 'ANY /api/packs/{id}/install',
      stage: '$default',
      authorizer: { jwt: { claims, scopes: [] } },
    },
    pathParameters: { id: pack },
    body: JSON.stringify({ language }),
    isBase64Encoded: false,
  };
}

async function invoke(functionName: string, request: object): Promise<{ statusCode: number; body: string }> {
  const lambda = new LambdaClient({});
  const result = await lambda.send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) }));
  const payload = JSON.parse(result.Payload?.transformToString() ?? 'null');
  if (result.FunctionError !== undefined) throw new PublisherFailed(payload?.errorMessage ?? result.FunctionError);
  return payload;
}

class PublisherFailed extends Error {
  readonly code = 'publisher-failed';
}

async function answer(request: CustomResourceRequest, refused: string | undefined): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId } = request;
  const body = JSON.stringify({
    Status: refused === undefined ? 'SUCCESS' : 'FAILED',
    Reason: refused ?? 'Installed',
    PhysicalResourceId: PhysicalResourceId ?? 'packs',
    StackId,
    RequestId,
    LogicalResourceId,
  });
  // The presigned address is signed without a content type.
  await fetch(ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } });
}
