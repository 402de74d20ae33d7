import { runAws } from './aws-cli.ts';

export type Json = Record<string, unknown>;

/** How a story calls operations of a service, by AWS's names; dates are Date. */
export type Call = (operation: string, input?: Json) => Promise<Json>;

/** Calls by the AWS SDK: the package of a client, and the client. */
export function sdkCaller(commands: object, client: { send(command: never): Promise<unknown> }): Call {
  const constructors = commands as Record<string, new (input: Json) => never>;
  return async (operation, input = {}) => {
    const Command = constructors[`${operation}Command`];
    if (Command === undefined) throw new Error(`The SDK has no ${operation}`);
    const { $metadata, ...answer } = (await client.send(new Command(input))) as Json;
    return answer;
  };
}

/**
 * Calls by the AWS CLI; what the installed one does not know yet is done by `otherwise` and told in `unknown`. `args`: for
 * operations that it does not take as one JSON. */
export function cliCaller(options: {
  readonly program: string;
  readonly endpoint: string;
  readonly service: string;
  readonly otherwise: Call;
  readonly unknown: Set<string>;
  readonly args?: Readonly<Record<string, readonly string[]>>;
}): Call {
  const { program, endpoint, service, otherwise, unknown, args = {} } = options;
  const kebab = (operation: string) => operation.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
  return async (operation, input = {}) => {
    if (unknown.has(operation)) return otherwise(operation, input);
    const said = args[operation] ?? ['--cli-input-json', JSON.stringify(input)];
    try {
      return await runAws(program, endpoint, [service, kebab(operation), ...said]);
    } catch (error) {
      if (
        !/Invalid choice|Unknown parameter|Could not connect to the endpoint URL: "http:\/\/sync-/.test(String(error))
      )
        throw error;
      unknown.add(operation);
      return otherwise(operation, input);
    }
  };
}
