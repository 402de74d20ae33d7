import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { answerJsonError } from '../endpoint/answers.ts';
import { AwsError } from '../time-source.ts';

/** Passes requests on to the database as they are. */
export interface DynamoProxy {
  pass(incoming: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void>;
  close(): void;
}

export function createDynamoProxy(url: string): DynamoProxy {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(url);
  return {
    pass: (incoming, body, response) =>
      new Promise((resolve) => {
        const { connection: _, 'transfer-encoding': __, ...headers } = incoming.headers;
        const onward = request(
          {
            agent,
            host: hostname,
            port,
            method: 'POST',
            path: '/',
            headers: { ...headers, 'content-length': body.length },
          },
          (answer) => {
            response.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(response);
            response.once('close', resolve);
          },
        );
        onward.on('error', (error) => {
          const type = String(incoming.headers['content-type'] ?? 'application/x-amz-json-1.0');
          // As a 500 it is tried again by the SDKs, and the database will be back by then.
          answerJsonError(
            response,
            type,
            new AwsError('InternalServerError', `The database did not answer: ${error.message}`, 500),
          );
          resolve();
        });
        onward.end(body);
      }),
    close: () => agent.destroy(),
  };
}
