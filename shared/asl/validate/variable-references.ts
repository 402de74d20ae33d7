/** Which variables each state refers to, as DescribeStateMachine tells it (`variableReferences`). */
import { type Expression, parseExpression } from '../intrinsics/parse.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { expressionIn, parseJsonata } from '../jsonata/evaluate.ts';
import { STATE_KINDS } from '../states/index.ts';

/** By state name, sorted; states that refer to none are left out. The definition is taken to be valid. */
export function variableReferences(definition: Json): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const machine = (raw: Json | undefined, inherited: string): void => {
    if (!isObject(raw) || !isObject(raw.States)) return;
    const language = typeof raw.QueryLanguage === 'string' ? raw.QueryLanguage : inherited;
    for (const [name, state] of Object.entries(raw.States)) {
      if (!isObject(state)) continue;
      const kind = STATE_KINDS[state.Type as keyof typeof STATE_KINDS];
      const own = typeof state.QueryLanguage === 'string' ? state.QueryLanguage : language;
      const names = new Set<string>();
      const inner = ['Branches', 'ItemProcessor', 'Iterator'];
      const fields = Object.fromEntries(Object.entries(state).filter(([field]) => !inner.includes(field)));
      if (own === 'JSONata') inJsonata(fields, names);
      else inJsonpath(fields, names, '');
      if (names.size > 0) found[name] = [...names].sort();
      for (const part of kind?.inner?.(state) ?? []) machine(part.machine, language);
    }
  };
  machine(definition, 'JSONPath');
  return found;
}

function inJsonpath(value: Json, names: Set<string>, key: string): void {
  if (typeof value === 'string') {
    const isPath = key.endsWith('.$') || key.endsWith('Path') || key === 'Variable';
    if (isPath && (value.startsWith('$') || value.startsWith('States.'))) inExpression(parseExpression(value), names);
  } else if (Array.isArray(value)) for (const item of value) inJsonpath(item, names, key);
  else if (isObject(value)) for (const [inner, item] of Object.entries(value)) inJsonpath(item, names, inner);
}

function inExpression(expression: Expression, names: Set<string>): void {
  if (expression.kind === 'path' && expression.path.root.kind === 'variable') names.add(expression.path.root.name);
  if (expression.kind === 'call') for (const arg of expression.args) inExpression(arg, names);
}

function inJsonata(value: Json, names: Set<string>): void {
  if (typeof value === 'string') {
    const text = expressionIn(value);
    if (text !== undefined) inAst(parseJsonata(text).ast(), names, new Set(['states', '$', '']));
  } else if (Array.isArray(value)) for (const item of value) inJsonata(item, names);
  else if (isObject(value)) for (const item of Object.values(value as JsonObject)) inJsonata(item, names);
}

interface Node {
  type?: string;
  value?: unknown;
  lhs?: { value?: string };
  arguments?: { value?: string }[];
  [member: string]: unknown;
}

/** `bound`: names that the expression itself gives meaning to, or that are functions. */
function inAst(node: unknown, names: Set<string>, bound: Set<string>): void {
  if (Array.isArray(node)) {
    const inner = new Set(bound);
    for (const item of node) inAst(item, names, inner);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, value, ...rest } = node as Node;
  if (type === 'bind' && rest.lhs?.value) bound.add(rest.lhs.value);
  if (type === 'variable' && typeof value === 'string' && !bound.has(value)) names.add(value);
  const inner =
    type === 'lambda' ? new Set([...bound, ...(rest.arguments ?? []).map((arg) => arg.value ?? '')]) : bound;
  for (const [member, child] of Object.entries(rest)) {
    const procedure = member === 'procedure' && (child as Node).type === 'variable';
    if (!procedure) inAst(child, names, inner);
  }
}
