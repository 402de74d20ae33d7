/**
 * JSONPath as AWS uses it (the Jayway dialect). A path is parsed once and kept; see evaluate.ts.
 *
 * Not covered: Jayway's path functions other than length(), and script expressions.
 */
import { type Filter, parseFilter } from './filter.ts';
import { PathSyntaxError } from './syntax-error.ts';

export type Step =
  | { kind: 'property'; names: string[] }
  | { kind: 'index'; indexes: number[] }
  | { kind: 'slice'; from?: number; to?: number; by?: number }
  | { kind: 'wildcard' }
  | { kind: 'scan' }
  | { kind: 'filter'; filter: Filter }
  | { kind: 'length' };

export interface Path {
  text: string;
  /** What the path starts from: the input `$`, the context object `$$`, or a variable `$name`. */
  root: { kind: 'input' } | { kind: 'context' } | { kind: 'variable'; name: string };
  steps: Step[];
  /** True when the path can match one place only. */
  definite: boolean;
}

const NAME = /[^.[\]()'",\s*?@=<>!&|]/;
const cache = new Map<string, Path>();
const CACHE_LIMIT = 5_000;

/** Parses (and keeps) a path such as `$.a[0]`, `$$.State.Name` or `$variable.b`. Throws PathSyntaxError. */
export function parsePath(text: string): Path {
  let path = cache.get(text);
  if (!path) {
    path = parse(text);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(text, path);
  }
  return path;
}

function parse(text: string): Path {
  if (!text.startsWith('$')) throw new PathSyntaxError(`A JSONPath starts with '$': ${text}`);
  let at = 1;
  let root: Path['root'] = { kind: 'input' };
  if (text[1] === '$') {
    root = { kind: 'context' };
    at = 2;
  } else {
    const name = /^[\p{ID_Start}_][\p{ID_Continue}]*/u.exec(text.slice(1))?.[0];
    if (name) {
      root = { kind: 'variable', name };
      at = 1 + name.length;
    }
  }
  const steps = parseSteps(text, at);
  const definite = steps.every(
    (step, i) =>
      // Several names at the end are one place: an object that has these members.
      (step.kind === 'property' && (step.names.length === 1 || i === steps.length - 1)) ||
      (step.kind === 'index' && step.indexes.length === 1) ||
      step.kind === 'length',
  );
  return { text, root, steps, definite };
}

/** Parses what follows the root. Also used by filters for `@.a.b`. */
function parseSteps(text: string, from: number): Step[] {
  const steps: Step[] = [];
  let at = from;
  while (at < text.length) {
    if (text[at] === '.') {
      at++;
      if (text[at] === '.') {
        steps.push({ kind: 'scan' });
        at++;
        if (text[at] === '[') continue;
      }
      if (text[at] === '*') {
        steps.push({ kind: 'wildcard' });
        at++;
        continue;
      }
      let end = at;
      while (end < text.length && NAME.test(text[end] ?? '')) end++;
      if (end === at) throw new PathSyntaxError(`Path must not end with a '.' or contain an empty name: ${text}`);
      const name = text.slice(at, end);
      if (text.startsWith('()', end)) {
        if (name !== 'length' && name !== 'size') throw new PathSyntaxError(`Unknown function ${name}(): ${text}`);
        steps.push({ kind: 'length' });
        end += 2;
      } else steps.push({ kind: 'property', names: [name] });
      at = end;
    } else if (text[at] === '[') {
      const end = closing(text, at);
      steps.push(parseBracket(text.slice(at + 1, end).trim(), text));
      at = end + 1;
    } else throw new PathSyntaxError(`Could not parse token starting at position ${at}: ${text}`);
  }
  return steps;
}

/** The place of the bracket that closes the one at `open`, quotes respected. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const sign = text[at];
    if (sign === "'" || sign === '"') {
      at++;
      while (at < text.length && text[at] !== sign) at += text[at] === '\\' ? 2 : 1;
    } else if (sign === '[') depth++;
    else if (sign === ']' && --depth === 0) return at;
  }
  throw new PathSyntaxError(`Could not find the closing bracket: ${text}`);
}

function parseBracket(inside: string, text: string): Step {
  if (inside === '*') return { kind: 'wildcard' };
  if (inside.startsWith('?')) {
    const body = inside.slice(1).trim();
    if (!body.startsWith('(') || !body.endsWith(')'))
      throw new PathSyntaxError(`A filter is written [?( … )]: ${text}`);
    return { kind: 'filter', filter: parseFilter(body.slice(1, -1), parseSteps) };
  }
  if (inside.startsWith("'") || inside.startsWith('"')) {
    const names = [...inside.matchAll(/(['"])((?:\\.|(?!\1).)*)\1\s*(?:,\s*|$)/g)].map((m) =>
      (m[2] ?? '').replace(/\\(['\\])/g, '$1'),
    );
    if (names.length === 0) throw new PathSyntaxError(`Could not parse the property names: ${text}`);
    return { kind: 'property', names };
  }
  const slice = /^(-?\d+)?\s*:\s*(-?\d+)?(?:\s*:\s*(-?\d+)?)?$/.exec(inside);
  if (slice) {
    const [, a, b, c] = slice;
    return {
      kind: 'slice',
      ...(a !== undefined && { from: Number(a) }),
      ...(b !== undefined && { to: Number(b) }),
      ...(c !== undefined && { by: Number(c) }),
    };
  }
  if (/^-?\d+(\s*,\s*-?\d+)*$/.test(inside)) return { kind: 'index', indexes: inside.split(',').map(Number) };
  throw new PathSyntaxError(`Could not parse '[${inside}]': ${text}`);
}
