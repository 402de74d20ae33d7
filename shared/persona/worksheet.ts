import { CATEGORIES, type Ruleset, type TagDefinition, tagName, takesValues } from '../tags/index.ts';
import type { Words } from '../words.ts';

/** What is known of the members in one respect: an exclusive group, or what else a category of tags says. */
export interface Dimension {
  readonly id: string;
  readonly name: Words;
  /** Everybody has one value at most: shares and `none` add up to the whole. */
  readonly exclusive: boolean;
  /** The commonest first; of a group low to high. */
  readonly values: readonly { readonly key: string; readonly name: Words; readonly count: number }[];
  /** Values beyond those told. */
  readonly more: number;
  /** Members of whom nothing is known here. */
  readonly none: number;
}

export interface Worksheet {
  readonly dimensions: readonly Dimension[];
  /** Left out because a worksheet has eight dimensions at most: those that tell of the fewest members. */
  readonly left: readonly Words[];
}

/** Five to eight core fields (S42): what is more nobody remembers. Fewer there are where the rules have no more. */
export const MOST_DIMENSIONS = 8;
/** Of a dimension whose values have no order, so many are told. */
const MOST_VALUES = 8;

/**
 * The persona worksheet (S40): of so many members, which share has which value, dimension by dimension. Dimensions come
 * from the rules: each exclusive group is one, and so is each category with its other tags.
 *
 * @param members the keys of the tags that each of them holds
 */
export function worksheet(ruleset: Ruleset, members: readonly (readonly string[])[]): Worksheet {
  const all = [...groupsOf(ruleset), ...categoriesOf(ruleset)]
    .map((plan) => countedIn(plan, members, ruleset))
    .filter(({ values }) => values.length > 0);
  const byNone = all.toSorted((a, b) => a.none - b.none);
  const kept = new Set(byNone.slice(0, MOST_DIMENSIONS));
  return {
    dimensions: all.filter((one) => kept.has(one)),
    left: all.filter((one) => !kept.has(one)).map(({ name }) => name),
  };
}

interface Plan {
  readonly id: string;
  readonly name: Words;
  readonly tags: readonly TagDefinition[];
  readonly exclusive: boolean;
}

const groupsOf = ({ groups, tags }: Ruleset): Plan[] =>
  groups.map(({ id, name, levels }) => ({
    id: `group:${id}`,
    name,
    exclusive: true,
    tags: levels.flatMap((level) => tags.find(({ key }) => key === level) ?? []),
  }));

function categoriesOf({ tags }: Ruleset): Plan[] {
  const alone = Map.groupBy(
    tags.filter(({ group }) => group === undefined),
    ({ category }) => category,
  );
  const order = [...new Set([...Object.keys(CATEGORIES), ...alone.keys()])];
  return order.flatMap((category) => {
    const mine = alone.get(category);
    const name = CATEGORIES[category] ?? { zh: category, en: category };
    return mine === undefined ? [] : [{ id: `category:${category}`, name, tags: mine, exclusive: false }];
  });
}

function countedIn(
  { id, name, tags, exclusive }: Plan,
  members: readonly (readonly string[])[],
  ruleset: Ruleset,
): Dimension {
  const counts = new Map<string, number>();
  const known = new Set<string>();
  let none = 0;
  for (const keys of members) {
    let any = false;
    for (const key of keys) {
      if (!known.has(key) && !tags.some((one) => isOf(key, one))) continue;
      any = true;
      known.add(key);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (!any) none++;
  }
  const values = [...counts].map(([key, count]) => ({ key, name: tagName(key, ruleset), count }));
  if (exclusive) {
    const place = (key: string) => tags.findIndex((tag) => tag.key === key);
    values.sort((a, b) => place(a.key) - place(b.key));
  } else values.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  const told = exclusive ? values : values.slice(0, MOST_VALUES);
  return { id, name, exclusive, values: told, more: values.length - told.length, none };
}

const isOf = (key: string, tag: TagDefinition): boolean =>
  key === tag.key || (takesValues(tag) && key.startsWith(`${tag.key}:`));
