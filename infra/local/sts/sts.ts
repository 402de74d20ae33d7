import type { LocalAws } from '../arns.ts';
import { queryDoor } from '../endpoint/doors/query.ts';
import { type EndpointService, operationTable } from '../endpoint/service.ts';

/** Who am I? What tools ask before they do anything else. */
export function createSts({ account }: LocalAws): EndpointService {
  return {
    names: ['sts'],
    doors: [
      queryDoor({
        version: '2011-06-15',
        namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
        read: (_, form) => Object.fromEntries(form),
        write: (_, answer) =>
          Object.entries(answer)
            .map(([name, value]) => `<${name}>${String(value)}</${name}>`)
            .join(''),
      }),
    ],
    ...operationTable('STS', {
      GetCallerIdentity: () => ({
        Arn: `arn:aws:iam::${account}:user/local`,
        UserId: 'AIDALOCAL',
        Account: account,
      }),
    }),
  };
}
