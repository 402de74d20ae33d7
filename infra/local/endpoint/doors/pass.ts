import type { DynamoProxy } from '../../dynamodb/proxy.ts';
import type { Door } from '../service.ts';

/** Hands requests on as they are, byte for byte. `answered` is told after each, by the operation's name. */
export function passDoor(targets: readonly string[], proxy: DynamoProxy, answered: (operation: string) => void): Door {
  return {
    finds({ request }) {
      const [prefix = '', operation] = String(request.headers['x-amz-target'] ?? '').split('.');
      return targets.includes(prefix) ? operation : undefined;
    },
    async answer(operation, { request, response, body }) {
      await proxy.pass(request, body, response);
      answered(operation);
    },
  };
}
