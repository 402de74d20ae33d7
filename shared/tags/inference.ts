import type { Condition } from '../rules/index.ts';
import type { Inference, TagDefinition } from './ruleset.ts';

/**
 * The tags that rules are made of: a table of inferences is one tag for each thing that it leads to, with an ordinary
 * rule, so that it is evaluated, dated and explained like any other.
 */
export const ruleTags = (tags: readonly TagDefinition[]): readonly TagDefinition[] =>
  tags.flatMap((tag) => (tag.infer === undefined ? [tag] : inferredTags(tag, tag.infer)));

/** What a table leads to, each once, in the order of the table. */
export const inferredValues = ({ table }: Inference): readonly string[] => [...new Set(table.flatMap(({ to }) => to))];

function inferredTags({ infer: _, ...tag }: TagDefinition, infer: Inference): TagDefinition[] {
  return inferredValues(infer).map((value) => ({
    ...tag,
    key: `${tag.key}:${value}`,
    name: { zh: `${tag.name.zh}：${value}`, en: `${tag.name.en}: ${value}` },
    when: inferredRule(infer, value),
  }));
}

function inferredRule({ event, except, where, of, within, table, again }: Inference, value: string): Condition {
  const had = (values: readonly string[], span?: string): Condition => ({
    did: {
      event,
      ...(except === undefined ? {} : { except }),
      where: [...(where ?? []), { path: of, op: 'in', value: values }],
      ...(span === undefined ? {} : { within: span }),
    },
  });
  const sources = [...new Set(table.flatMap(({ from, to }) => (to.includes(value) ? from : [])))];
  return again ? had(sources, within) : { all: [had(sources, within), { not: had([value]) }] };
}
