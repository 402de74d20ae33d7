import { xmlText } from '../endpoint/answers.ts';
import type { Body } from '../endpoint/service.ts';

/*
 * SQS by the older Query protocol, as clients from before November 2023 speak it (Debian 12's AWS CLI among them). The
 * operations are those of the JSON protocol; lists and maps are only written otherwise: `Attribute.1.Name=…`.
 */

export const VERSION = '2012-11-05';
export const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

type Tree = { [name: string]: Tree | string };

/** Members that are lists of texts: name in the form → member. */
const LISTS: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  TagKey: 'TagKeys',
  AWSAccountId: 'AWSAccountIds',
  ActionName: 'Actions',
};

/** Members that are maps, and what their keys are called in the form. */
const MAPS: Readonly<Record<string, { member: string; key: string }>> = {
  Attribute: { member: 'Attributes', key: 'Name' },
  MessageAttribute: { member: 'MessageAttributes', key: 'Name' },
  MessageSystemAttribute: { member: 'MessageSystemAttributes', key: 'Name' },
  Tag: { member: 'Tags', key: 'Key' },
};

/** The members of a request. A queue may also be named by the path that the request was posted to. */
export function readQuery(_: string, form: URLSearchParams, url: URL): Body {
  const tree: Tree = {};
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue;
    const steps = name.split('.');
    let at = tree;
    for (const step of steps.slice(0, -1)) {
      const next = at[step];
      const inner: Tree = typeof next === 'object' ? next : {};
      at[step] = inner;
      at = inner;
    }
    at[steps.at(-1) as string] = value;
  }
  const body = membersOf(tree);
  if (url.pathname !== '/' && body['QueueUrl'] === undefined) body['QueueUrl'] = url.pathname;
  return body;
}

function membersOf(tree: Tree): Body {
  const body: Body = {};
  for (const [name, value] of Object.entries(tree)) {
    const list = LISTS[name];
    const map = MAPS[name];
    if (typeof value === 'string') body[name] = value;
    else if (list) body[list] = inOrder(value);
    else if (map)
      body[map.member] = Object.fromEntries(
        inOrder(value).map((one) => [String((one as Tree)[map.key]), (one as Tree)['Value']]),
      );
    else if (name.endsWith('RequestEntry')) body['Entries'] = inOrder(value).map((one) => membersOf(one as Tree));
    else body[name] = membersOf(value);
  }
  return body;
}

const inOrder = (numbered: Tree) =>
  Object.entries(numbered)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, value]) => value);

/** The XML inside `<…Result>`. Lists are repeated elements without one around them. */
export function writeQuery(operation: string, answer: Body): string {
  return Object.entries(answer)
    .map(([member, value]) => element(operation, member, value))
    .join('');
}

/** How members that are lists or maps are called one by one; a function gets the operation. */
const ONE: Readonly<Record<string, string | ((operation: string) => string)>> = {
  QueueUrls: 'QueueUrl',
  queueUrls: 'QueueUrl',
  Messages: 'Message',
  Results: 'Result',
  Successful: (operation) => `${operation}ResultEntry`,
  Failed: 'BatchResultErrorEntry',
};

function element(operation: string, member: string, value: unknown): string {
  const map = Object.entries(MAPS).find(([, one]) => one.member === member);
  if (map)
    return Object.entries(value as Body)
      .map(([key, one]) => wrap(map[0], wrap(map[1].key, xmlText(key)) + wrap('Value', inner(operation, one))))
      .join('');
  const one = ONE[member];
  const name = typeof one === 'function' ? one(operation) : (one ?? member);
  return (Array.isArray(value) ? value : [value]).map((single) => wrap(name, inner(operation, single))).join('');
}

const inner = (operation: string, value: unknown): string =>
  typeof value === 'object' && value !== null ? writeQuery(operation, value as Body) : xmlText(String(value));

const wrap = (name: string, content: string) => `<${name}>${content}</${name}>`;
