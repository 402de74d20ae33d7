import { Agent, request } from 'node:http';

/** Raw DynamoDB over HTTP: what the stack itself needs is too little for an SDK, and this is several times faster. */
export interface DynamoClient {
  readonly url: string;
  /** Throws DynamoError for an error answer, and the socket's error when nobody answers. */
  call<T = Record<string, unknown>>(operation: string, body: unknown): Promise<T>;
  /** The same with request and answer as JSON texts. */
  callText(operation: string, json: string): Promise<string>;
  streams<T = Record<string, unknown>>(operation: string, body: unknown): Promise<T>;
  close(): void;
}

export class DynamoError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'DynamoError';
    this.code = code;
  }
}

/** The signature is not checked by emulators, but the header must look like one. */
const authorization = (region: string) =>
  `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

export function createDynamoClient(url: string, region: string): DynamoClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const { hostname, port } = new URL(url);

  function send(target: string, json: string): Promise<string> {
    const payload = Buffer.from(json);
    return new Promise((resolve, reject) => {
      const call = request(
        {
          agent,
          host: hostname,
          port,
          method: 'POST',
          path: '/',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': payload.length,
            'x-amz-target': target,
            'x-amz-date': '20260101T000000Z',
            authorization: authorization(region),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const text = chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString();
            if (answer.statusCode === 200) return resolve(text);
            try {
              const parsed = JSON.parse(text) as { __type?: string; message?: string };
              const code = parsed.__type?.split('#').pop() ?? 'UnknownError';
              reject(new DynamoError(code, `${target}: ${parsed.message ?? code}`));
            } catch (error) {
              reject(new DynamoError('UnreadableAnswer', `${target}: ${String(error)}`));
            }
          });
        },
      );
      call.on('error', reject);
      call.end(payload);
    });
  }

  const values = async <T>(target: string, body: unknown) => JSON.parse(await send(target, JSON.stringify(body))) as T;
  return {
    url,
    call: (operation, body) => values(`DynamoDB_20120810.${operation}`, body),
    callText: (operation, json) => send(`DynamoDB_20120810.${operation}`, json),
    streams: (operation, body) => values(`DynamoDBStreams_20120810.${operation}`, body),
    close: () => agent.destroy(),
  };
}
