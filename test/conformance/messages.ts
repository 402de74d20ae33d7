/** Just enough of queues and topics for the recordings in which a message carries a task token to somebody who answers. */
import { createHash, randomUUID } from 'node:crypto';
import type { ServiceCaller, StepFunctions } from '../../infra/local/step-functions/index.ts';
import { AwsError } from '../../infra/local/time-source.ts';
import type { Json } from './recordings.ts';
import type { TestClock } from './test-clock.ts';

export interface Message {
  body: Json;
  token?: string;
}

function asJson(text: unknown): Json {
  try {
    return JSON.parse(String(text)) as Json;
  } catch {
    return String(text);
  }
}

function tokenIn(body: Json): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  return typeof body.TaskToken === 'string' ? body.TaskToken : undefined;
}

/** Takes messages; `unread` are those that nobody has looked at. */
export class Messages {
  readonly unread: Message[] = [];

  readonly call: ServiceCaller = async (service, operation, parameters) => {
    const { MessageBody, Message } = parameters as { MessageBody?: string; Message?: string };
    const text =
      service === 'sqs' && operation === 'SendMessage'
        ? MessageBody
        : service === 'sns' && operation === 'Publish'
          ? Message
          : undefined;
    if (text === undefined)
      throw new AwsError('UnknownOperation', `${service}:${operation} is not part of the recordings`);
    const body = asJson(text);
    const token = tokenIn(body);
    this.unread.push({ body, ...(token && { token }) });
    if (service === 'sns') return { MessageId: randomUUID() };
    return { MD5OfMessageBody: createHash('md5').update(String(text)).digest('hex'), MessageId: randomUUID() };
  };
}

type Consumer = (message: Message, service: StepFunctions, clock: TestClock) => Promise<void>;

const answer: Consumer = async ({ body, token }, service) => {
  const output = JSON.stringify((body as Record<string, Json>).Message ?? null);
  await service.handle('SendTaskSuccess', { taskToken: token, output });
};

/** What stood in the background of a recording, by the name it has there. */
export const CONSUMERS: Readonly<Record<string, Consumer>> = {
  sqs_send_task_success_state_machine: answer,
  sqs_send_task_failure_state_machine: async ({ token }, service) => {
    await service.handle('SendTaskFailure', { taskToken: token, error: 'Failure error', cause: 'Failure cause' });
  },
  sqs_send_heartbeat_and_task_success_state_machine: async (message, service, clock) => {
    await clock.sleep(5_000);
    await service.handle('SendTaskHeartbeat', { taskToken: message.token });
    await answer(message, service, clock);
  },
};
