import { openWire, type Wire } from './wire.ts';

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

/** @param wire how the server at the URL is talked to */
export function createDynamoClient(url: string, region: string, wire: Wire = openWire(url)): DynamoClient {
  const headers = `content-type: application/x-amz-json-1.0\r\nx-amz-date: 20260101T000000Z\r\nauthorization: ${authorization(region)}\r\n`;

  async function send(target: string, json: string): Promise<string> {
    const { status, text } = await wire.post(`${headers}x-amz-target: ${target}\r\n`, json);
    if (status === 200) return text;
    throw errorIn(text, target);
  }

  const values = async <T>(target: string, body: unknown) => JSON.parse(await send(target, JSON.stringify(body))) as T;
  return {
    url,
    call: (operation, body) => values(`DynamoDB_20120810.${operation}`, body),
    callText: (operation, json) => send(`DynamoDB_20120810.${operation}`, json),
    streams: (operation, body) => values(`DynamoDBStreams_20120810.${operation}`, body),
    close: wire.close,
  };
}

function errorIn(text: string, target: string): DynamoError {
  try {
    const parsed = JSON.parse(text) as { __type?: string; message?: string };
    const code = parsed.__type?.split('#').pop() ?? 'UnknownError';
    return new DynamoError(code, `${target}: ${parsed.message ?? code}`);
  } catch (error) {
    return new DynamoError('UnreadableAnswer', `${target}: ${String(error)}`);
  }
}
