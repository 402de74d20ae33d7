import { z } from 'zod';
import type { FieldMeta } from '../../../shared/nodes/fields.ts';

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

export function fieldsIn(schema: z.ZodType): readonly FormField[] {
  const object = core(schema);
  if (!(object instanceof z.ZodObject)) return [];
  return Object.entries(object.shape as Record<string, z.ZodType>).map(([name, part]) => ({
    name,
    schema: part,
    meta: metaOf(part),
    required: !part.safeParse(undefined).success,
  }));
}

export function optionsIn(schema: z.ZodType): readonly string[] {
  const inner = core(schema);
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

/** The name of a plain widget for a field whose widget is unknown or unsaid: by what the schema takes. */
export function widgetByType(schema: z.ZodType): string {
  const inner = core(schema);
  if (inner instanceof z.ZodEnum) return 'choice';
  if (inner instanceof z.ZodBoolean) return 'switch';
  if (inner instanceof z.ZodNumber) return 'number';
  if (inner instanceof z.ZodString) return 'text';
  if (inner instanceof z.ZodObject) return 'group';
  return 'json';
}

/** A value to begin with: what a form shows before anything was entered. */
export function blankOf(schema: z.ZodType): unknown {
  const filled = schema.safeParse(undefined);
  if (filled.success) return filled.data;
  const inner = core(schema);
  if (inner instanceof z.ZodObject) {
    const required = fieldsIn(inner).filter((f) => f.required);
    return Object.fromEntries(required.map((f) => [f.name, blankOf(f.schema)]));
  }
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodNumber) return 1;
  if (inner instanceof z.ZodArray) return [];
  if (inner instanceof z.ZodBoolean) return false;
  return BLANKS[metaOf(schema).widget ?? ''] ?? '';
}

const BLANKS: Record<string, unknown> = { duration: 'P7D', 'event-name': 'Order Completed', condition: { tag: '' } };
