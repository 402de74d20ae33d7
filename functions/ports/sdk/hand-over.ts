/**
 * A host that runs the functions and the services they call in one process (the local stack) may carry calls out itself:
 * the SDK's schemas, signatures and HTTP are most of what a call costs then. On AWS nobody sets this, and nothing changes.
 */
const HOST_CALLS = Symbol.for('pergola.calls');

/**
 * Carries out one call of a client, both by the SDK's names (`DynamoDBClient`, `QueryCommand`). Resolves to the
 * command's output as the SDK gives it, or to undefined where the call has to go the SDK's own way: operations that the
 * host does not take, and every answer that is not a success, because the errors are then made by the SDK. A call
 * that resolves to undefined changed nothing, or may be repeated.
 */
export type HostCalls = (client: string, command: string, input: object) => Promise<object | undefined>;

const hostCalls = () => (globalThis as { [HOST_CALLS]?: HostCalls })[HOST_CALLS];

interface Command {
  readonly input: object;
}
interface Sender {
  send(command: Command, ...rest: unknown[]): Promise<unknown>;
}

/**
 * Lets the host of this process, if it wants to, carry out the calls of a client. A document client made from it is not
 * concerned: what it sends never comes by here.
 */
export function handOver(client: object): void {
  if (hostCalls() === undefined) return;
  const sender = client as Sender;
  const bySdk = sender.send.bind(sender);
  sender.send = async (command, ...rest) => {
    const output = await hostCalls()?.(client.constructor.name, command.constructor.name, command.input);
    return output === undefined ? bySdk(command, ...rest) : { $metadata: {}, ...output };
  };
}
