/**
 * What a form needs to know about a config, read from its schema: so labels, help and widgets are written once, in the
 * kind. The widgets are listed in README.md.
 */
import { z } from 'zod';
import type { Words } from '../words.ts';

export const WIDGETS = [
  'text',
  'number',
  'switch',
  'choice',
  'duration',
  'time-of-day',
  'event-name',
  'property-tests',
  'tag',
  'tags',
  'segment',
  'stage',
  'channel',
  'condition',
  'branches',
  'template',
  'topics',
  'percent-list',
  'triggers',
] as const;
export type Widget = (typeof WIDGETS)[number];

export interface FieldMeta {
  readonly label: Words;
  readonly help?: Words;
  readonly widget: Widget;
  /** For `choice`: the values with their names. */
  readonly options?: readonly { readonly value: string; readonly label: Words }[];
}

export interface Field extends FieldMeta {
  readonly name: string;
  /** False when the field may be left out. */
  readonly required: boolean;
}

/** Puts label, help and widget on a field's schema. */
export const field = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => schema.meta({ ...meta }) as S;

/** The fields of a config schema, in the order in which they are written. */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  const object = schema instanceof z.ZodObject ? schema : undefined;
  if (!object) throw new Error('A config schema must be an object');
  return Object.entries(object.shape as Record<string, z.ZodType>).map(([name, part]) => {
    const meta = part.meta() as unknown as FieldMeta | undefined;
    if (!meta?.label) throw new Error(`Config field ${name} has no label`);
    return { name, ...meta, required: !part.safeParse(undefined).success };
  });
}

/** The label of a config's field, where it has one. */
export function labelOf(schema: z.ZodType, name: string): Words | undefined {
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
  return (shape[name]?.meta() as unknown as FieldMeta | undefined)?.label;
}
