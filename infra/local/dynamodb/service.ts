import { passDoor } from '../endpoint/doors/pass.ts';
import type { EndpointService } from '../endpoint/service.ts';
import { AwsError } from '../time-source.ts';
import { type DynamoClient, DynamoError } from './client.ts';
import type { DynamoProxy } from './proxy.ts';

const READS = /^(Get|BatchGet|TransactGet|Query|Scan|Describe|List)/;

/** DynamoDB and its streams, as dynoxide answers them. `onWrite` is told after each call that may have written. */
export function createDynamoService(options: {
  readonly proxy: DynamoProxy;
  readonly client: DynamoClient;
  readonly onWrite: () => void;
}): EndpointService {
  return {
    label: 'DynamoDB',
    names: ['dynamodb', 'dynamodbstreams'],
    doors: [
      passDoor(['DynamoDB_20120810', 'DynamoDBStreams_20120810'], options.proxy, (operation) => {
        if (!READS.test(operation)) options.onWrite();
      }),
    ],
    handle: (operation, body) =>
      options.client.call(operation, body).catch((error: unknown) => {
        if (!(error instanceof DynamoError)) throw error;
        // The client puts the operation before what the database says.
        throw new AwsError(error.code, error.message.replace(/^\S+: /, ''));
      }),
  };
}
