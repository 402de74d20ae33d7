/** JSONPath filter expressions: `[?(@.price < 10 && @.kind == 'x')]`. */
import { equalJson, type Json } from '../json.ts';
import { matches } from './evaluate.ts';
import type { Step } from './parse.ts';
import { PathSyntaxError } from './syntax-error.ts';

/** Decides whether an item stays; `root` is the whole document. */
export type Filter = (item: Json, root: Json) => boolean;
type Operand = (item: Json, root: Json) => Json | undefined;

const TOKEN =
  /\s*(&&|\|\||==|!=|<=|>=|=~|<|>|!|\(|\)|\[[^\]]*\](?=\s*(?:\)|&&|\|\||$))|'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|\/(?:\\.|[^/])+\/i?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b|in\b|nin\b|[@$](?:\.\.?[\w-]+|\[[^\]]*\]|\.\*|\(\))*)/y;

type ParseSteps = (text: string, from: number) => Step[];

/** Parses the text between `?(` and `)`; `parseSteps` reads the paths in it. */
export function parseFilter(text: string, parseSteps: ParseSteps): Filter {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found?.[1]) throw new PathSyntaxError(`Could not parse the filter at '${text.slice(at)}'`);
    tokens.push(found[1]);
  }
  let next = 0;
  const or = (): Filter => {
    let left = and();
    while (tokens[next] === '||') {
      next++;
      const [a, b] = [left, and()];
      left = (item, root) => a(item, root) || b(item, root);
    }
    return left;
  };
  const and = (): Filter => {
    let left = not();
    while (tokens[next] === '&&') {
      next++;
      const [a, b] = [left, not()];
      left = (item, root) => a(item, root) && b(item, root);
    }
    return left;
  };
  const not = (): Filter => {
    if (tokens[next] === '!') {
      next++;
      const inner = not();
      return (item, root) => !inner(item, root);
    }
    if (tokens[next] === '(') {
      next++;
      const inner = or();
      if (tokens[next++] !== ')') throw new PathSyntaxError(`Missing ')' in the filter '${text}'`);
      return inner;
    }
    return comparison();
  };
  const comparison = (): Filter => {
    const left = operand(tokens[next++], text, parseSteps);
    const operator = tokens[next];
    const compare = operator === undefined ? undefined : COMPARE[operator];
    if (!compare) return (item, root) => left(item, root) !== undefined;
    next++;
    const right = operand(tokens[next++], text, parseSteps);
    return (item, root) => compare(left(item, root), right(item, root));
  };
  const filter = or();
  if (next < tokens.length) throw new PathSyntaxError(`Could not parse the filter '${text}'`);
  return filter;
}

const ordered = (test: (a: number | string, b: number | string) => boolean) => (a?: Json, b?: Json) =>
  typeof a === typeof b && (typeof a === 'number' || typeof a === 'string') ? test(a, b as number | string) : false;

const COMPARE: Record<string, (a: Json | undefined, b: Json | undefined) => boolean> = {
  '==': (a, b) => equalJson(a, b),
  '!=': (a, b) => !equalJson(a, b),
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
  in: (a, b) => Array.isArray(b) && b.some((item) => equalJson(item, a)),
  nin: (a, b) => Array.isArray(b) && !b.some((item) => equalJson(item, a)),
  '=~': (a, b) => {
    const [, body, flags] = /^\/(.*)\/(i?)$/.exec(String(b)) ?? [];
    return typeof a === 'string' && body !== undefined && new RegExp(`^(?:${body})$`, flags).test(a);
  },
};

function operand(token: string | undefined, text: string, parseSteps: ParseSteps): Operand {
  if (token === undefined) throw new PathSyntaxError(`The filter '${text}' ends too early`);
  if (token.startsWith('@') || token.startsWith('$')) {
    const steps: Step[] = parseSteps(token, 1);
    return (item, root) => {
      const found = matches(token.startsWith('@') ? item : root, steps);
      return found[0];
    };
  }
  if (token.startsWith("'") || token.startsWith('"')) {
    const value = token.slice(1, -1).replace(/\\(.)/g, '$1');
    return () => value;
  }
  if (token.startsWith('/')) return () => token;
  const value = JSON.parse(token.replaceAll("'", '"')) as Json;
  return () => value;
}
