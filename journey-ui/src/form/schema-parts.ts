import { z } from 'zod';
import type { FieldMeta } from '../../../shared/form/fields.ts';

/** A field of an object schema as a form sees it. */
export interface FormField {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly meta: Partial<FieldMeta>;
  readonly required: boolean;
}

/** What stands inside optional, default and nullable. */
export function core(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return core(schema.unwrap() as z.ZodType);
  }
  return schema;
}

export const metaOf = (schema: z.ZodType): Partial<FieldMeta> => (schema.meta() ?? {}) as Partial<FieldMeta>;

/** The fields that are asked for: those with a widget. */
export function fieldsIn(schema: z.ZodType): readonly FormField[] {
  const object = core(schema);
  if (!(object instanceof z.ZodObject)) return [];
  return Object.entries(object.shape as Record<string, z.ZodType>)
    .map(([name, part]) => ({
      name,
      schema: part,
      meta: metaOf(part),
      required: !part.safeParse(undefined).success,
    }))
    .filter(({ meta }) => meta.widget !== undefined);
}

/** A value to begin with: what a form shows before anything was entered. `whole`: the field was added on purpose. */
export function blankOf(schema: z.ZodType, whole = false): unknown {
  const filled = schema.safeParse(undefined);
  if (filled.success && !whole) return filled.data;
  const inner = core(schema);
  if (inner instanceof z.ZodObject) {
    const required = Object.entries(inner.shape as Record<string, z.ZodType>).filter(
      ([, part]) => !part.safeParse(undefined).success,
    );
    return Object.fromEntries(required.map(([name, part]) => [name, blankOf(part)]));
  }
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodNumber) return Math.max(1, inner.minValue ?? 1);
  if (inner instanceof z.ZodArray) return [];
  if (inner instanceof z.ZodBoolean) return false;
  return BLANKS[metaOf(schema).widget ?? ''] ?? '';
}

const BLANKS: Readonly<Record<string, unknown>> = { duration: 'P7D', condition: {} };
