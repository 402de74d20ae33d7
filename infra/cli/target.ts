import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { FUNCTION_PREFIX } from '../topology.ts';
import { CommandError } from './command.ts';
import { refusalText } from './say.ts';
import { NO_STACK } from './stack-client.ts';

/** Where a command works: the stack on this machine, or the one in the AWS account of the SDK's own configuration. */
export interface Target {
  readonly bus: EventBridgeClient;
  readonly api: Api;
}

/** The Console's API, asked by invoking its function: whoever may do that in the account needs no sign-in. */
export interface Api {
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  put<T = Record<string, unknown>>(path: string, body: unknown): Promise<T>;
  post<T = Record<string, unknown>>(path: string, body: unknown): Promise<T>;
  /** The answer as it is, e.g. CSV. */
  text(path: string): Promise<{ readonly body: string; readonly headers: Readonly<Record<string, string>> }>;
}

/** Options of commands that can work on either. */
export const TARGET_OPTIONS = { aws: { type: 'boolean' } } as const;
export const TARGET_USAGE =
  '  --aws                       the deployed system of your AWS profile, not the stack on this machine';

export function targetOf(values: Readonly<Record<string, unknown>>, port: number): Target {
  const local = {
    endpoint: `http://127.0.0.1:${port}`,
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const where = values['aws'] === true ? {} : local;
  const patient = { ...where, maxAttempts: 8 };
  return { bus: new EventBridgeClient(patient), api: apiOf(new LambdaClient(patient), values['aws'] === true, port) };
}

function apiOf(lambda: LambdaClient, onAws: boolean, port: number): Api {
  const call = async (method: string, path: string, sent?: unknown) => {
    const [rawPath = '', rawQueryString = ''] = path.split('?');
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath,
      rawQueryString,
      headers: { 'content-type': 'application/json', host: 'pergola' },
      requestContext: {
        http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'pergola-cli' },
        domainName: 'pergola',
        authorizer: { jwt: { claims: { sub: 'cli', email: 'cli', 'cognito:groups': '[admin]' } } },
      },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      isBase64Encoded: false,
    };
    const answer = await lambda
      .send(
        new InvokeCommand({ FunctionName: `${FUNCTION_PREFIX}http-api`, Payload: Buffer.from(JSON.stringify(event)) }),
      )
      .catch((cause: Error & { code?: string }) => {
        if (!onAws && cause.code === 'ECONNREFUSED') {
          throw new CommandError(
            {
              zh: `端口 ${port} 上没有 Pergola。先用 npm start 启动，或用 --port 指明它在哪里。`,
              en: `No Pergola answers at port ${port}. Start it with "npm start", or say where it is with --port.`,
            },
            NO_STACK,
            { cause },
          );
        }
        throw new CommandError(
          {
            zh: `API 没有应答：${cause.message}。${onAws ? '检查 AWS 凭证和区域。' : '检查 --port，或看看 npm start 那边的输出。'}`,
            en: `The API could not be asked: ${cause.message}. ${onAws ? 'Check credentials and region of AWS.' : 'Check --port, or look at what npm start says.'}`,
          },
          cause.name,
          { cause },
        );
      });
    const {
      statusCode,
      body = '',
      headers = {},
      isBase64Encoded,
    } = JSON.parse(Buffer.from(answer.Payload ?? []).toString() || '{}');
    const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : String(body);
    if (answer.FunctionError !== undefined || statusCode >= 300) throw refused(method, path, statusCode, text);
    return { body: text, headers: headers as Record<string, string> };
  };
  return {
    get: async (path) => JSON.parse((await call('GET', path)).body),
    put: async (path, body) => JSON.parse((await call('PUT', path, body)).body),
    post: async (path, body) => JSON.parse((await call('POST', path, body)).body),
    text: (path) => call('GET', path),
  };
}

function refused(method: string, path: string, status: unknown, body: string): CommandError {
  let said: { error?: { code?: string } } = {};
  try {
    said = JSON.parse(body);
  } catch {
    // Said below.
  }
  return new CommandError(refusalText(said) ?? `${method} ${path} answered ${status}.`, said.error?.code);
}
