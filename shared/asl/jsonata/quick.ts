/**
 * The expressions that most states have (a path from a variable, a comparison, a literal) as closures: JSONata's own
 * evaluator makes a dozen arrays to read `$states.input.id`.
 *
 * A closure answers as the evaluator does or answers HARD: at a list on the way of a path, at values that an operator
 * does not take, at anything that would be an error. Nothing here has effects, so the evaluator can then do it all again.
 * What is not covered (functions, predicates, lambdas, …) is not compiled at all.
 */
import type { Json, JsonObject } from '../json.ts';

/** What `$states` and the variables are in one evaluation; the context and the variables are put together when asked for. */
export interface Bindings {
  scope: { readonly input: Json; context(): Json; vars(): JsonObject };
  result?: Json | undefined;
  errorOutput?: Json | undefined;
}

/** "Ask the evaluator." */
export const HARD = Symbol('hard');

type Value = Json | undefined | typeof HARD;
export type Quick = (bindings: Bindings) => Value;

/** A node as JSONata's parser makes it. Members that are not named here change its meaning. */
interface Node {
  type: string;
  value?: unknown;
  position?: number;
  lhs?: Node | [Node, Node][];
  rhs?: Node;
  condition?: Node;
  then?: Node;
  else?: Node;
  steps?: Node[];
  expressions?: Node[];
}

const MEMBERS = new Set('type value position lhs rhs condition then else steps expressions'.split(' '));

/** Undefined for an expression that the evaluator has to do. `node` is its syntax tree. */
export function quickly(node: unknown): Quick | undefined {
  const known = node as Node;
  return Object.keys(known).every((member) => MEMBERS.has(member)) ? COMPILERS[known.type]?.(known) : undefined;
}

const COMPILERS: Readonly<Record<string, (node: Node) => Quick | undefined>> = {
  string: literal,
  number: literal,
  value: literal,
  variable: ({ value }) => path([String(value)]),
  path: ({ steps = [] }) => {
    const plain = steps.every(
      (step, i) => step.type === (i === 0 ? 'variable' : 'name') && Object.keys(step).every((m) => MEMBERS.has(m)),
    );
    return plain ? path(steps.map(({ value }) => String(value))) : undefined;
  },
  binary: ({ value, lhs, rhs }) => {
    const left = quickly(lhs);
    const right = quickly(rhs);
    return left && right ? binary(String(value), left, right) : undefined;
  },
  condition: (node) => {
    const test = quickly(node.condition);
    const yes = quickly(node.then);
    const no = node.else ? quickly(node.else) : () => undefined;
    if (!test || !yes || !no) return undefined;
    return (bindings) => {
      const met = truth(test(bindings));
      return met === HARD ? HARD : met ? yes(bindings) : no(bindings);
    };
  },
  block: ({ expressions = [] }) => (expressions.length === 1 ? quickly(expressions[0]) : undefined),
  unary: ({ value, expressions = [], lhs }) => {
    if (value === '[') return list(expressions);
    return value === '{' ? object(lhs as [Node, Node][]) : undefined;
  },
};

function literal({ value }: Node): Quick {
  return () => value as Json;
}

/** The value of a variable, or of a member of it, or of a member of that. */
function path(names: string[]): Quick | undefined {
  const [variable = '', first = '', ...others] = names;
  // The context item: not a variable of ours.
  if (variable === '' || variable === '$') return undefined;
  if (variable !== 'states') return (bindings) => members(variableOf(bindings, variable), names, 1);
  const rest = ['', ...others];
  switch (first) {
    case 'input':
      return ({ scope }) => members(scope.input, rest, 1);
    case 'result':
      return ({ result }) => members(result, rest, 1);
    case 'errorOutput':
      return ({ errorOutput }) => members(errorOutput, rest, 1);
    case 'context':
      return ({ scope }) => members(scope.context(), rest, 1);
    default:
      return undefined;
  }
}

/** A name that is none of the execution's variables may be one of JSONata's functions. */
function variableOf({ scope }: Bindings, name: string): Value {
  const vars = scope.vars();
  return Object.hasOwn(vars, name) ? vars[name] : HARD;
}

function members(root: Value, names: readonly string[], from: number): Value {
  let value = root;
  for (let i = from; i < names.length; i++) {
    if (typeof value !== 'object' || value === null) return value === HARD ? HARD : undefined;
    if (Array.isArray(value)) return HARD;
    value = value[names[i] as string];
  }
  // A member that every object of the language has.
  return typeof value === 'function' ? HARD : value;
}

function truth(value: Value): boolean | typeof HARD {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'undefined':
      return false;
    default:
      return value === null ? false : HARD;
  }
}

function binary(operator: string, left: Quick, right: Quick): Quick | undefined {
  if (operator === 'and' || operator === 'or') {
    const decisive = operator === 'or';
    return (bindings) => {
      const first = truth(left(bindings));
      return first === HARD || first === decisive ? first : truth(right(bindings));
    };
  }
  const apply = OPERATORS[operator];
  return (
    apply &&
    ((bindings) => {
      const a = left(bindings);
      if (a === HARD) return HARD;
      const b = right(bindings);
      return b === HARD ? HARD : apply(a, b);
    })
  );
}

type Operand = Json | undefined;

const OPERATORS: Readonly<Record<string, (a: Operand, b: Operand) => Value>> = {
  '=': (a, b) => equal(a, b),
  '!=': (a, b) => {
    if (a === undefined || b === undefined) return false;
    const same = equal(a, b);
    return same === HARD ? HARD : !same;
  },
  '<': (a, b) => ordered(a, b, (x, y) => x < y),
  '<=': (a, b) => ordered(a, b, (x, y) => x <= y),
  '>': (a, b) => ordered(a, b, (x, y) => x > y),
  '>=': (a, b) => ordered(a, b, (x, y) => x >= y),
  '+': (a, b) => computed(a, b, (x, y) => x + y),
  '-': (a, b) => computed(a, b, (x, y) => x - y),
  '*': (a, b) => computed(a, b, (x, y) => x * y),
  '/': (a, b) => computed(a, b, (x, y) => x / y),
  '%': (a, b) => computed(a, b, (x, y) => x % y),
  '&': (a, b) => {
    const x = written(a);
    const y = written(b);
    return x === undefined || y === undefined ? HARD : x + y;
  },
  in: (a, b) => {
    if (a === undefined || b === undefined) return false;
    return Array.isArray(b) ? b.includes(a as Json) : a === b;
  },
};

const isPlain = (value: Operand): boolean => typeof value !== 'object' || value === null;

function equal(a: Operand, b: Operand): boolean | typeof HARD {
  if (a === undefined || b === undefined) return false;
  return isPlain(a) || isPlain(b) ? a === b : HARD;
}

function ordered(a: Operand, b: Operand, compare: (x: string | number, y: string | number) => boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') return compare(a, b);
  return typeof a === 'string' && typeof b === 'string' ? compare(a, b) : HARD;
}

function computed(a: Operand, b: Operand, compute: (x: number, y: number) => number): Value {
  if (typeof a !== 'number' || typeof b !== 'number') return HARD;
  const number = compute(a, b);
  return Number.isFinite(number) ? number : HARD;
}

/** A value as `&` writes it. Undefined for what is rounded or nested. */
function written(value: Operand): string | undefined {
  if (value === undefined) return '';
  if (typeof value === 'number') return Math.abs(value) < 1e15 && Number.isInteger(value) ? String(value) : undefined;
  return isPlain(value) ? String(value) : undefined;
}

function list(items: Node[]): Quick | undefined {
  const parts = items.map(quickly);
  if (!parts.every((part) => part !== undefined)) return undefined;
  return (bindings) => {
    const result: Json[] = [];
    for (const part of parts) {
      const value = part(bindings);
      // Lists in lists are joined or not, by how they were written.
      if (value === HARD || Array.isArray(value)) return HARD;
      if (value !== undefined) result.push(value);
    }
    return result;
  };
}

function object(pairs: [Node, Node][]): Quick | undefined {
  const parts = pairs.map(([key, value]) => [key.type === 'string' ? String(key.value) : '', quickly(value)] as const);
  const names = new Set(parts.map(([name]) => name));
  // Names that the evaluator itself stumbles over, and names that are given twice.
  if (names.size < parts.length || ['', '__proto__', 'hasOwnProperty'].some((name) => names.has(name)))
    return undefined;
  if (parts.some(([, part]) => part === undefined)) return undefined;
  return (bindings) => {
    const result: JsonObject = {};
    for (const [name, part] of parts) {
      const value = (part as Quick)(bindings);
      if (value === HARD) return HARD;
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}
