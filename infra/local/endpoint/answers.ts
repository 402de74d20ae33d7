import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AwsError } from '../time-source.ts';

/** Answers in the forms of AWS's protocols, each with a request id. */
export function answerJson(response: ServerResponse, type: string, body: unknown): void {
  send(response, 200, type, JSON.stringify(body ?? {}));
}

export function answerError(response: ServerResponse, type: string, error: unknown): void {
  const known = error instanceof AwsError ? error : ourMistake(error);
  send(response, known.status, type, JSON.stringify({ __type: known.code, message: known.message, ...known.extra }), {
    'x-amzn-errortype': known.code,
  });
}

/** The older Query protocol (STS) speaks XML. */
export function answerXml(response: ServerResponse, operation: string, xmlns: string, result: string): void {
  const id = randomUUID();
  const body = `<${operation}Response xmlns="${xmlns}"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${operation}Response>`;
  send(response, 200, 'text/xml', body, { 'x-amzn-requestid': id });
}

export function answerXmlError(response: ServerResponse, error: unknown): void {
  const known = error instanceof AwsError ? error : ourMistake(error);
  const id = randomUUID();
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${xmlText(known.code)}</Code><Message>${xmlText(known.message)}</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`;
  send(response, known.status, 'text/xml', body, { 'x-amzn-requestid': id, 'x-amzn-errortype': known.code });
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

function ourMistake(error: unknown): AwsError {
  console.error(error);
  return new AwsError('InternalFailure', 'The local stack failed; its log says where.', 500);
}

const xmlText = (text: string) => text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
