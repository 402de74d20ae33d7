import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FieldMeta, WIDGETS } from '../../form/fields.ts';
import { type Condition, conditionSchema, configSchema, OPERATORS } from '../index.ts';

/*
 * The builder of conditions asks nothing about any one operator: each brings its form. So each is held here to what a
 * form needs: a known widget and words in both languages for all that people fill in, and mistakes told at their fields.
 */
interface Face {
  readonly name: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly help: { readonly zh: string; readonly en: string };
}
const faces = Object.values(OPERATORS as unknown as Record<string, Face>);
const core = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional ? core(schema.unwrap() as z.ZodType) : schema;
const metaOf = (schema: z.ZodType): Partial<FieldMeta> => (schema.meta() ?? {}) as Partial<FieldMeta>;

/** All that is asked for, with its path; forms in forms too. */
function asked(schema: z.ZodType, path: string): { path: string; schema: z.ZodType; meta: Partial<FieldMeta> }[] {
  const meta = metaOf(schema);
  const own = meta.widget === undefined ? [] : [{ path, schema, meta }];
  const object = core(schema);
  if (!(object instanceof z.ZodObject) || (meta.widget !== undefined && meta.widget !== 'group')) return own;
  const shape = object.shape as Record<string, z.ZodType>;
  return [...own, ...Object.entries(shape).flatMap(([name, part]) => asked(part, `${path}.${name}`))];
}

describe.each(faces)('the form of the operator $name', ({ name, label, help }) => {
  const schema = configSchema(name)!;
  const fields = asked(schema, name);

  it('is called and explained in both languages', () => {
    for (const text of [label.zh, label.en, help.zh, help.en]) expect(text).not.toBe('');
  });

  it('asks for something, by widgets that there are, with labels and options in both languages', () => {
    expect(fields.length).toBeGreaterThan(0);
    for (const { path, schema: part, meta } of fields) {
      expect([path, WIDGETS]).toEqual([path, expect.arrayContaining([meta.widget])]);
      expect([path, meta.label]).toEqual([path, { zh: expect.stringMatching(/./), en: expect.stringMatching(/./) }]);
      const inner = core(part);
      if (!(inner instanceof z.ZodEnum)) continue;
      expect([path, meta.options?.map(({ value }) => value).sort()]).toEqual([path, [...inner.options].sort()]);
    }
  });

  it('asks for everything that must be there', () => {
    const names = new Set(fields.map(({ path }) => path));
    const object = core(schema);
    if (!(object instanceof z.ZodObject) || metaOf(schema).widget !== undefined) return;
    const required = Object.entries(object.shape as Record<string, z.ZodType>)
      .filter(([, part]) => !part.safeParse(undefined).success)
      .map(([field]) => `${name}.${field}`);
    expect(required.filter((path) => !names.has(path))).toEqual([]);
  });

  it('has its mistakes told at or below a field of it', () => {
    const empty = conditionSchema.safeParse({ [name]: {} } as unknown as Condition);
    const places = empty.success ? [] : empty.error.issues.map(({ path }) => path.join('.'));
    const known = [name, ...fields.map(({ path }) => path)];
    expect(places.filter((place) => !known.some((path) => place === path || place.startsWith(`${path}.`)))).toEqual([]);
  });
});
