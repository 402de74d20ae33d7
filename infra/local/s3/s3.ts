import type { Arns } from '../arns.ts';
import { type Body, type EndpointService, notEmulated } from '../endpoint/service.ts';
import type { Store } from '../store.ts';
import type { Clock } from '../time-source.ts';
import { openObjectStore } from './object-store.ts';
import { s3Operations } from './operations.ts';
import { membersOf, operationOf } from './request.ts';
import { answerS3, answerS3Error } from './response.ts';

const LABEL = 'S3';

/** Buckets and objects, path style; what distributed Maps read and write, and `aws s3` with files up to 8 MB. */
export function createS3(options: { store: Store; clock: Clock; arns: Arns }): EndpointService {
  const operations = s3Operations(openObjectStore(options.store), options.clock, options.arns.aws.region);
  const run = (name: string, members: Body): Body => {
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) throw notEmulated(LABEL, name);
    return options.store.transaction(() => operation(members));
  };
  return {
    label: LABEL,
    names: ['s3'],
    operations: Object.keys(operations).sort(),
    doors: [
      {
        finds: operationOf,
        async answer(operation, incoming) {
          try {
            answerS3(incoming.response, operation, run(operation, membersOf(incoming)));
          } catch (error) {
            answerS3Error(incoming.response, error);
          }
        },
      },
    ],
    handle: async (operation, members) => asJson(run(operation, members)),
  };
}

/** As state machines see an answer: instants are ISO. */
function asJson(answer: Body): Body {
  const { Body: bytes, ...rest } = answer;
  const told = JSON.parse(JSON.stringify(rest), (_, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:]+\.000Z$/.test(value) ? value.replace('.000Z', 'Z') : value,
  ) as Body;
  return bytes === undefined ? told : { ...told, Body: bytes };
}
