import { z } from 'zod';
import { deepPlace } from '../json-bounds.ts';
import type { Condition } from './condition.ts';
import { lookUp, operatorNames } from './look-up.ts';

/** How deep conditions may lie inside each other. */
const MAX_DEPTH = 20;

/**
 * A condition: an object with exactly one key, the operator. Made of the registry; an unknown operator fails here, with
 * the names of those that exist, and never later.
 */
export const conditionSchema: z.ZodType<Condition> = z.custom<Condition>().check((ctx) => {
  const value: unknown = ctx.value;
  const refuse = (
    code: string,
    message: string,
    path: PropertyKey[] = [],
    params: Record<string, unknown> = {},
  ): void => {
    ctx.issues.push({ code: 'custom', input: value, path, message, params: { code, ...params } });
  };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return refuse('rule-shape', 'a condition is an object with one key, the operator');
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return refuse('rule-operator-missing', 'a condition has an operator');
  if (keys.length !== 1) return refuse('rule-shape', `a condition has exactly one operator, not ${keys.length}`);
  const name = keys[0] as string;
  const schema = configSchema(name);
  if (schema === undefined) {
    const known = operatorNames().join(', ');
    return refuse('rule-unknown-operator', `unknown operator ${name}; known are ${known}`, [name], { name, known });
  }
  if (deepPlace(value, MAX_DEPTH) !== undefined)
    return refuse('rule-too-deep', `conditions may lie ${MAX_DEPTH} deep`, [name]);
  const parsed = schema.safeParse((value as Record<string, unknown>)[name]);
  if (parsed.success) return undefined;
  for (const issue of parsed.error.issues) {
    ctx.issues.push({ ...issue, path: [name, ...issue.path], input: value } as z.core.$ZodRawIssue);
  }
  return undefined;
});

const schemas = new Map<string, z.ZodType>();

/** The schema of an operator's configuration; undefined where there is no such operator. */
export function configSchema(name: string): z.ZodType | undefined {
  const known = schemas.get(name);
  if (known !== undefined) return known;
  const operator = lookUp(name);
  if (operator === undefined) return undefined;
  const schema = operator.config(conditionSchema);
  schemas.set(name, schema);
  return schema;
}
