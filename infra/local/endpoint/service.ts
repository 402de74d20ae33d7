import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../time-source.ts';

/** One AWS service as the endpoint serves it: a folder of its own and a line in services.ts. */
export interface EndpointService {
  /** As people call it: "EventBridge". */
  readonly label: string;
  /** As credentials and `aws-sdk:` integrations of state machines call it: "events", "eventbridge". */
  readonly names: readonly string[];
  /** How requests come in. */
  readonly doors: readonly Door[];
  /** Those that are emulated; absent where another program behind the endpoint decides. */
  readonly operations?: readonly string[];
  /** Carries out one operation. Throws AwsError for what AWS would answer as an error. */
  handle(operation: string, body: Body): Promise<unknown>;
}

/** The members of a request, as AWS's API reference names them. */
export type Body = Record<string, unknown>;

/** A request, its body read. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: Buffer;
}

/** One of AWS's protocols, for one service: which requests are meant for it, and how they are read and answered. */
export interface Door {
  /** The operation that is asked for, or undefined when the request is for somebody else. */
  finds(incoming: Incoming): string | undefined;
  /** Answers, errors too. */
  answer(operation: string, incoming: Incoming, handle: EndpointService['handle']): Promise<void>;
}

export const notEmulated = (service: string, operation: string) =>
  new AwsError('NotEmulated', `${service} ${operation} is not emulated here.`, 501);

export type Operation = (body: Body) => unknown;

/** A service whose operations are a table; says plainly when one is not there. */
export function operationTable(
  label: string,
  operations: Readonly<Record<string, Operation>>,
): Required<Pick<EndpointService, 'label' | 'operations' | 'handle'>> {
  return {
    label,
    operations: Object.keys(operations).sort(),
    async handle(name, body) {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) throw notEmulated(label, name);
      return (await operation(body)) ?? {};
    },
  };
}
