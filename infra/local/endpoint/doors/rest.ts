import type { ServerResponse } from 'node:http';
import { answerRestError, send } from '../answers.ts';
import type { Body, Door, Incoming } from '../service.ts';
import { parseJson } from './json.ts';

/** One operation of AWS's REST protocol with JSON bodies. */
export interface RestRoute {
  readonly operation: string;
  readonly method: string;
  /** `/schedules/{Name}`; the last parameter takes the rest of the path when it is written `{Name+}`. */
  readonly path: string;
  /** Parameters of the query string that are members: name there → member here. */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers that are members: name there (small letters) → member here. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body is no JSON object but the value of this member, as text. */
  readonly payload?: string;
}

/** An answer that is not simply `200` and JSON. */
export class RestAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: string, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export function restDoor(routes: readonly RestRoute[]): Door {
  const table = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const match = (incoming: Incoming) => {
    for (const { route, pattern } of table) {
      if (route.method !== incoming.request.method) continue;
      const found = pattern.exec(incoming.url.pathname);
      if (found) return { route, parameters: found.groups ?? {} };
    }
    return undefined;
  };
  return {
    finds: (incoming) =>
      incoming.request.headers['x-amz-target'] === undefined ? match(incoming)?.route.operation : undefined,
    async answer(operation, incoming, handle) {
      try {
        const found = match(incoming);
        if (found)
          answerRest(incoming.response, await handle(operation, read(incoming, found.route, found.parameters)));
      } catch (error) {
        answerRestError(incoming.response, error);
      }
    },
  };
}

function patternOf(path: string): RegExp {
  const source = path.replace(
    /\{(\w+)(\+?)\}/g,
    (_, name: string, rest: string) => `(?<${name}>${rest ? '.+' : '[^/]+'})`,
  );
  return new RegExp(`^${source}/?$`);
}

function read({ request, url, body }: Incoming, route: RestRoute, parameters: Record<string, string>): Body {
  const members: Body = route.payload === undefined ? parseJson(body) : { [route.payload]: body.toString() };
  for (const [name, member] of Object.entries(route.query ?? {})) {
    const values = url.searchParams.getAll(name);
    if (values.length > 0) members[member] = values.length === 1 ? values[0] : values;
  }
  for (const [name, member] of Object.entries(route.headers ?? {}))
    if (request.headers[name] !== undefined) members[member] = request.headers[name];
  for (const [name, value] of Object.entries(parameters)) members[name] = decodeURIComponent(value);
  return members;
}

function answerRest(response: ServerResponse, answer: unknown): void {
  if (answer instanceof RestAnswer) send(response, answer.status, 'application/json', answer.body, answer.headers);
  else send(response, 200, 'application/json', JSON.stringify(answer ?? {}));
}
