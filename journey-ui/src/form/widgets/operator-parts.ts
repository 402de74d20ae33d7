/** What the builder knows of operators: what their registry and their schemas say. It asks nothing about any one of them. */
import type { z } from 'zod';
import { type Condition, configSchema, OPERATORS } from '../../../../shared/rules/index.ts';
import type { Words } from '../../../../shared/words.ts';
import { blankOf, core, fieldsIn } from '../schema-parts.ts';

interface OperatorFace {
  readonly name: string;
  readonly label: Words;
  readonly help: Words;
  readonly schema: z.ZodType;
  /** It is made of other conditions: of a list of them, of one, or of none. */
  readonly holds: 'many' | 'one' | 'none';
}

/** A condition of which nothing has been chosen yet. */
export const NO_CONDITION = {} as unknown as Condition;

const SOUND: Condition = { tag: 'a' };

const faces: readonly OperatorFace[] = Object.values(
  OPERATORS as unknown as Record<string, Pick<OperatorFace, 'name' | 'label' | 'help'>>,
).map(({ name, label, help }) => {
  const schema = configSchema(name)!;
  const fits = (value: unknown): boolean => schema.safeParse(value).success;
  return { name, label, help, schema, holds: fits([SOUND]) ? 'many' : fits(SOUND) ? 'one' : 'none' };
});

export const OPERATOR_FACES: ReadonlyMap<string, OperatorFace> = new Map(faces.map((face) => [face.name, face]));
/** Operators that can be put around a condition. */
export const HOLDERS = faces.filter(({ holds }) => holds !== 'none');

const conditionOf = (name: string, argument: unknown): Condition => ({ [name]: argument }) as unknown as Condition;

/** The operator and its settings; no operator while none is chosen. */
export function partsIn(condition: Condition | undefined): { name: string | undefined; argument: unknown } {
  const [entry] = Object.entries(condition ?? {});
  return { name: entry?.[0], argument: entry?.[1] };
}

export const wrapped = (condition: Condition, { name, holds }: OperatorFace): Condition =>
  conditionOf(name, holds === 'many' ? [condition] : condition);

/** With room for one condition more beside it; undefined where it is a list already, or nothing has been chosen yet. */
export function withOneMore(condition: Condition | undefined): Condition | undefined {
  const { name } = partsIn(condition);
  const list = HOLDERS.find(({ holds }) => holds === 'many');
  if (list === undefined || name === undefined || OPERATOR_FACES.get(name)?.holds === 'many') return undefined;
  return conditionOf(list.name, [condition, NO_CONDITION]);
}

/** The one condition inside, where there is exactly one. */
export function unwrapped(condition: Condition): Condition | undefined {
  const { name, argument } = partsIn(condition);
  const holds = OPERATOR_FACES.get(name ?? '')?.holds ?? 'none';
  if (holds === 'one') return argument as Condition;
  return holds === 'many' && Array.isArray(argument) && argument.length === 1 ? (argument[0] as Condition) : undefined;
}

/** The condition with another operator; what the other has a place for is kept. */
export function changedTo(condition: Condition | undefined, target: OperatorFace): Condition {
  const { name, argument } = partsIn(condition);
  if (target.holds === 'many' && Array.isArray(argument) && OPERATOR_FACES.get(name ?? '')?.holds === 'many') {
    return conditionOf(target.name, argument);
  }
  if (target.holds !== 'none') return name === undefined ? withBlank(target) : wrapped(condition as Condition, target);
  const blank = blankOf(target.schema);
  if (!isRecord(blank) || !isRecord(argument)) return conditionOf(target.name, blank);
  const kept = fieldsIn(core(target.schema)).filter(
    (field) => field.name in argument && field.schema.safeParse(argument[field.name]).success,
  );
  return conditionOf(target.name, {
    ...blank,
    ...Object.fromEntries(kept.map((field) => [field.name, argument[field.name]])),
  });
}

/**
 * The condition with these settings. What the form does not ask for was found out for the settings as they were, and
 * is found out again.
 */
export function withArgument(name: string, schema: z.ZodType, argument: unknown): Condition {
  const asked = fieldsIn(schema).map((field) => field.name);
  if (!isRecord(argument) || asked.length === 0) return conditionOf(name, argument);
  return conditionOf(name, Object.fromEntries(Object.entries(argument).filter(([key]) => asked.includes(key))));
}

const withBlank = ({ name, holds }: OperatorFace): Condition =>
  conditionOf(name, holds === 'many' ? [NO_CONDITION] : NO_CONDITION);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
