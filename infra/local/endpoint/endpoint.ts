import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { StackClock } from '../clock.ts';
import { FUNCTIONS_KEY } from '../lambda/environment.ts';
import { AwsError } from '../time-source.ts';
import { createTurns } from '../turns.ts';
import { answerJsonError, answerRestError, answerXmlError, send } from './answers.ts';
import { atMoment } from './at-moment.ts';
import { formOf } from './doors/query.ts';
import { refuses } from './guard.ts';
import { type EndpointService, type Incoming, notEmulated } from './service.ts';

export interface EndpointOptions {
  readonly services: readonly EndpointService[];
  readonly clock: Pick<StackClock, 'now' | 'moveTo'>;
  /** Answers paths under /_local. */
  readonly local: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Longer bodies are refused: DynamoDB's largest request is 16 MB. */
const MAX_BODY = 20 * 1024 * 1024;

/**
 * Answers for all services: each service's doors know the requests that are meant for it. Calls of the stack's own
 * functions are answered at once, those of others by turns.
 */
export function endpointListener({ services, clock, local }: EndpointOptions): RequestListener {
  const turns = createTurns();
  const entrances = services.flatMap((service) => service.doors.map((door) => ({ service, door })));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refuses(request.headers);
    if (refused) return send(response, 403, 'application/json', JSON.stringify({ message: refused }));
    if (request.url?.startsWith('/_local')) return local(request, response);
    const url = new URL(request.url ?? '/', 'http://local');
    const incoming = { request, response, url, body: await read(request) };
    if (keyOf(request)?.[1] === FUNCTIONS_KEY) return serve(incoming);
    await atMoment(request, clock);
    return new Promise((resolve, reject) => turns.take(() => void serve(incoming).then(resolve, reject)));
  }

  async function serve(incoming: Incoming): Promise<void> {
    for (const { service, door } of entrances) {
      const operation = door.finds(incoming);
      if (operation !== undefined) return door.answer(operation, incoming, service.handle);
    }
    refuse(incoming);
  }

  /** Names service and operation as well as they can be known, in the form of the protocol that was spoken. */
  function refuse({ request, response, url, body }: Incoming): void {
    const type = String(request.headers['content-type'] ?? '');
    const target = String(request.headers['x-amz-target'] ?? '');
    const form = formOf(type, url, body);
    const name = keyOf(request)?.[2] ?? (target.split('.')[0] || 'This');
    const label = services.find((service) => service.names.includes(name))?.label ?? name;
    const operation = target.split('.').at(-1) || form?.get('Action') || `${request.method} ${url.pathname}`;
    const error = notEmulated(label, operation);
    const all = new AwsError(error.code, `${error.message} This endpoint answers ${labels(services)}.`, error.status);
    if (target) answerJsonError(response, type, all);
    else if (form) answerXmlError(response, '', all);
    else answerRestError(response, all);
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answerRestError(response, error);
    });
  };
}

const labels = (services: readonly EndpointService[]) => {
  const all = services.map(({ label }) => label);
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
};

/** Key and service that a request was signed with and for: `Credential=AKID/20260101/us-east-1/sns/aws4_request`. */
const keyOf = (request: IncomingMessage) =>
  /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(String(request.headers.authorization ?? ''));

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new AwsError('RequestEntityTooLargeException', 'The request is too large.', 413);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
