import type { Condition } from './condition.ts';
import type { Operator } from './operator.ts';
import { OPERATORS } from './operators/index.ts';

/** The operator of that name. Its configuration type is forgotten: whoever looks up does not ask which one it is. */
export const lookUp = (name: string): Operator<unknown> | undefined =>
  Object.hasOwn(OPERATORS, name) ? (OPERATORS[name as keyof typeof OPERATORS] as Operator<unknown>) : undefined;

export const operatorNames = (): readonly string[] => Object.keys(OPERATORS);

/** The operator of a condition and its configuration. A condition has been through conditionSchema. */
export function open(condition: Condition): { readonly operator: Operator<unknown>; readonly config: unknown } {
  const [name, config] = Object.entries(condition)[0] as [string, unknown];
  const operator = lookUp(name);
  if (operator === undefined) throw new Error(`Unknown operator ${name}`);
  return { operator, config };
}

/** Calls `visit` for the condition and everything inside it. */
export function walk(condition: Condition, visit: (operator: Operator<unknown>, config: unknown) => void): void {
  const { operator, config } = open(condition);
  visit(operator, config);
  for (const part of operator.parts(config)) walk(part, visit);
}
