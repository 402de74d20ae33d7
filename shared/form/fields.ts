/**
 * What a form needs to know about settings, read from their schema: so labels, help and widgets are written once, where
 * the settings are (a node kind, an operator, a tag). A field without a widget is not asked for: it is found out, or
 * chosen elsewhere. The widgets are listed in shared/nodes/README.md.
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
  'schedule',
  'trait-name',
  'words',
  'list',
  'group',
  'event-name',
  'property',
  'property-tests',
  'trait-test',
  'count',
  'category',
  'tag',
  'tags',
  'segment',
  'stage',
  'channel',
  'condition',
  'inner-condition',
  'conditions',
  'branches',
  'template',
  'topics',
  'percent-list',
  'triggers',
  'inference-table',
] as const;
export type Widget = (typeof WIDGETS)[number];

export interface FieldMeta {
  readonly label: Words;
  readonly help?: Words;
  readonly widget: Widget;
  /** For `choice`: the values with their names. */
  readonly options?: readonly { readonly value: string; readonly label: Words }[];
  /** Not asked for while the setting `beside` has this value: then it says nothing. */
  readonly idle?: { readonly beside: string; readonly at: string };
  /** For a list: said between its items. */
  readonly joint?: Words;
}

export interface Field extends FieldMeta {
  readonly name: string;
  /** False when the field may be left out. */
  readonly required: boolean;
}

/** Puts label, help and widget on a field's schema. */
export const field = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => schema.meta({ ...meta }) as S;

/** The options of a choice, from its words. */
export const optionsOf = (words: Readonly<Record<string, Words>>): FieldMeta['options'] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

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
