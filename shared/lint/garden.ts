/** What lints ask again and again, computed at most once: graphs of the journeys, conditions with their places, uses. */
import { exclusionCondition, type Graph, graphOf, type Journey, tagsOfTrigger } from '../journey/index.ts';
import { type Condition, canonical, type Names, type SameAs, tagsOf } from '../rules/index.ts';
import { namesIn, ownerOf, type Ruleset, type TagDefinition } from '../tags/index.ts';
import type { Found, LintInput } from './define-lint.ts';

export type Place = Pick<Found, 'tag' | 'segment' | 'journey' | 'node' | 'field'>;

export interface Garden {
  readonly ruleset: Ruleset;
  readonly usage: LintInput['usage'];
  /** What people call its tags and segments. */
  readonly names: Names;
  /** A segment's rule for the segment. */
  readonly sameAs: SameAs;
  readonly journeys: readonly { readonly journey: Journey; readonly graph: Graph }[];
  /** The definition behind a key: itself, or the family that `浏览:cream-01` is of. */
  readonly tag: (key: string) => TagDefinition | undefined;
  /** Where a tag is, or one of its fields, for findings. */
  readonly placeOf: (tag: TagDefinition, field?: keyof TagDefinition) => Place;
  /** Every condition there is, with its place. */
  readonly conditions: readonly { readonly condition: Condition; readonly place: Place }[];
  /** Keys of the tags that journeys and segments use. */
  readonly used: ReadonlySet<string>;
}

export function gardenOf({ ruleset, journeys: documents, usage }: LintInput): Garden {
  const { segments = [] } = ruleset;
  const rules = new Map(segments.map(({ id, when }) => [canonical({ segment: id }), when]));
  const byKey = new Map(ruleset.tags.map((tag) => [tag.key, tag]));
  const places = new Map(ruleset.tags.map((tag, i) => [tag, { tag: tag.key, field: `tags.${i}` }]));
  const journeys = documents.map((journey) => ({ journey, graph: graphOf(journey) }));
  const tag = (key: string): TagDefinition | undefined => ownerOf(key, byKey);
  const keys = [
    ...segments.flatMap(({ when }) => tagsOf(when)),
    ...journeys.flatMap(({ journey, graph }) => tagsIn(journey, graph)),
  ];
  return {
    ruleset,
    usage,
    names: namesIn(ruleset),
    sameAs: (condition) => rules.get(canonical(condition)),
    journeys,
    tag,
    placeOf: (it, field) => {
      const place = places.get(it);
      return place === undefined || field === undefined
        ? (place ?? {})
        : { ...place, field: `${place.field}.${field}` };
    },
    conditions: [
      ...ruleset.tags.flatMap(({ key, when }, i) =>
        when === undefined ? [] : [{ condition: when, place: { tag: key, field: `tags.${i}.when` } }],
      ),
      ...segments.map(({ id, when }, i) => ({ condition: when, place: { segment: id, field: `segments.${i}.when` } })),
      ...journeys.flatMap(({ journey, graph }) => conditionsIn(journey, graph)),
    ],
    used: new Set(keys.flatMap((key) => tag(key)?.key ?? [])),
  };
}

const tagsIn = ({ goals, exits, entry }: Journey, graph: Graph): readonly string[] => [
  ...graph.nodes.flatMap(({ kind, config }) => kind.mentions?.(config).tags ?? []),
  ...[...goals, ...exits].flatMap(({ on }) => tagsOfTrigger(on)),
  ...[entry.audience, exclusionCondition(entry.exclude)].flatMap((one) => (one === undefined ? [] : tagsOf(one))),
];

function conditionsIn(journey: Journey, graph: Graph): readonly { condition: Condition; place: Place }[] {
  const { id, entry } = journey;
  const at = (field: string) => ({ journey: id, field });
  const excluded = exclusionCondition(entry.exclude);
  return [
    ...(entry.audience === undefined ? [] : [{ condition: entry.audience, place: at('entry.audience') }]),
    ...(excluded === undefined ? [] : [{ condition: excluded, place: at('entry.exclude') }]),
    ...graph.nodes.flatMap(({ node, kind, config }) => {
      const asked: Condition[] = [];
      kind.ways?.(config, (condition) => void asked.push(condition) as undefined);
      return asked.map((condition) => ({ condition, place: { journey: id, node: node.id, field: 'config' } }));
    }),
  ];
}
