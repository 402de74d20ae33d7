import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AwsError } from '../time-source.ts';

/** Answers in the forms of AWS's protocols, each with a request id. */
export function answerJson(response: ServerResponse, type: string, body: unknown): void {
  send(response, 200, type, JSON.stringify(body ?? {}));
}

export function answerJsonError(response: ServerResponse, type: string, error: unknown): void {
  const known = knownError(error);
  send(response, known.status, type, JSON.stringify({ __type: known.code, message: known.message, ...known.extra }), {
    'x-amzn-errortype': known.code,
    // Clients of services that once spoke the Query protocol go on to see the code they had there.
    ...(known.queryCode ? { 'x-amzn-query-error': `${known.queryCode};Sender` } : {}),
  });
}

export function answerRestError(response: ServerResponse, error: unknown): void {
  const known = knownError(error);
  const body = JSON.stringify({ message: known.message, Message: known.message, ...known.extra });
  send(response, known.status, 'application/json', body, { 'x-amzn-errortype': known.code });
}

/** The older Query protocol speaks XML. */
export function answerXml(response: ServerResponse, operation: string, xmlns: string, result: string): void {
  const id = randomUUID();
  const body = `<?xml version="1.0"?><${operation}Response xmlns="${xmlns}"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${operation}Response>`;
  send(response, 200, 'text/xml', body, { 'x-amzn-requestid': id });
}

export function answerXmlError(response: ServerResponse, xmlns: string, error: unknown): void {
  const known = knownError(error);
  const code = known.queryCode ?? known.code;
  const id = randomUUID();
  const body = `<?xml version="1.0"?><ErrorResponse xmlns="${xmlns}"><Error><Type>Sender</Type><Code>${xmlText(code)}</Code><Message>${xmlText(known.message)}</Message><Detail/></Error><RequestId>${id}</RequestId></ErrorResponse>`;
  send(response, known.status, 'text/xml', body, { 'x-amzn-requestid': id, 'x-amzn-errortype': code });
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  response.end(bytes);
}

export const xmlText = (text: string) => text.replace(/[<>&"'\r\n\t]/g, (char) => `&#${char.charCodeAt(0)};`);

/** What AWS would answer, or (our own mistake) an internal failure. */
function knownError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  console.error(error);
  return new AwsError('InternalFailure', 'The local stack failed; its log says where.', 500);
}
