/**
 * What differs from one journey to another, as sentences. Where a card stands on the canvas is none of it, its stage is;
 * an edge is what stands behind an outlet, whatever its id.
 */
import { asItIs, type ChangedLine, changedFields, changedLine } from '../changes.ts';
import { durationWords } from '../duration.ts';
import { fieldsOf } from '../form/fields.ts';
import { nodeKind } from '../nodes/index.ts';
import { readConfig } from '../nodes/read-config.ts';
import { BY_KEY, type Names, sentence } from '../rules/index.ts';
import { STAGE_NAMES, type Stage } from '../stages.ts';
import type { Words } from '../words.ts';
import { exclusionWords } from './exclusion.ts';
import { PRIORITY_NAMES, type Priority } from './priority.ts';
import { reentryWords } from './reentry.ts';
import { saidValue } from './said-value.ts';
import type { EndRule, EntryRules, Journey, JourneyNode } from './schema.ts';
import { titleOf } from './title-of.ts';
import { triggerWords } from './triggers/index.ts';

export interface JourneyChange {
  readonly what: 'journey' | 'entry' | 'goal' | 'exit' | 'node' | 'way';
  readonly op: 'added' | 'removed' | 'changed';
  /** Of a node, a goal or an exit its id; of a way out `<node> <outlet>`; else `what`. */
  readonly key: string;
  /** The node to look at, where there is one: of a way out the one it leaves from. */
  readonly node?: string;
  readonly name: Words;
  /** What is new, gone or led elsewhere, in a sentence; empty where `lines` say it. */
  readonly said: Words;
  /** Of what changed: each member as it was and as it is. */
  readonly lines: readonly ChangedLine[];
}

const NOTHING_SAID: Words = { zh: '', en: '' };

/** In the order of the second: the journey itself, who may come in, goals, exits, cards, the ways between them. */
export function diffJourneys(before: Journey, after: Journey, names: Names = BY_KEY): readonly JourneyChange[] {
  return [
    ...whole('journey', { zh: '旅程本身', en: 'The journey itself' }, FRAME, before, after, names),
    ...whole('entry', { zh: '谁可以进来', en: 'Who may come in' }, ENTRY, before.entry, after.entry, names),
    ...endRules('goal', before.goals, after.goals, names),
    ...endRules('exit', before.exits, after.exits, names),
    ...nodes(before, after, names),
    ...ways(before, after, names),
  ];
}

interface Member {
  readonly label: Words;
  // biome-ignore lint/suspicious/noExplicitAny: each says its own value
  readonly say: (value: any, names: Names) => Words;
}

const FRAME: Readonly<Record<string, Member>> = {
  name: { label: { zh: '名称', en: 'name' }, say: asItIs },
  description: { label: { zh: '说明', en: 'description' }, say: asItIs },
  stage: { label: { zh: '阶段', en: 'stage' }, say: (stage: Stage) => STAGE_NAMES[stage] },
  zone: { label: { zh: '时区', en: 'zone' }, say: asItIs },
  priority: { label: { zh: '优先级', en: 'priority' }, say: (priority: Priority) => PRIORITY_NAMES[priority] },
};

const ENTRY: Readonly<Record<keyof EntryRules, Member>> = {
  reentry: { label: { zh: '再次进入', en: 'coming again' }, say: reentryWords },
  audience: { label: { zh: '只限于', en: 'only for' }, say: sentence },
  exclude: { label: { zh: '不让进来', en: 'kept out' }, say: exclusionWords },
  maxEventAge: { label: { zh: '事件最多多旧', en: 'oldest event' }, say: durationWords },
  family: { label: { zh: '人群族', en: 'family of segments' }, say: asItIs },
};

function whole(
  what: 'journey' | 'entry',
  name: Words,
  members: Readonly<Record<string, Member>>,
  before: object,
  after: object,
  names: Names,
): JourneyChange[] {
  const lines = linesOf(members, before, after, names);
  return lines.length === 0 ? [] : [{ what, op: 'changed', key: what, name, said: NOTHING_SAID, lines }];
}

function linesOf(members: Readonly<Record<string, Member>>, before: object, after: object, names: Names) {
  return Object.entries(members).flatMap(([field, { label, say }]) =>
    lineOf(field, label, (value) => say(value, names), before, after),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: each says its own value
type Say = (value: any) => Words;

function lineOf(field: string, label: Words, say: Say, before: object, after: object): ChangedLine[] {
  const [was, is] = [before, after].map((thing) => (thing as Record<string, unknown>)[field]);
  return changedFields({ it: was }, { it: is }).length === 0 ? [] : [changedLine(label, say, was, is)];
}

const END_RULE: Readonly<Record<string, Member>> = {
  name: { label: { zh: '名称', en: 'name' }, say: asItIs },
  on: { label: { zh: '条件', en: 'when' }, say: triggerWords },
};

const END_WORDS = { goal: { zh: '目标', en: 'goal' }, exit: { zh: '退出条件', en: 'exit' } } as const;

function endRules(
  what: 'goal' | 'exit',
  before: readonly EndRule[],
  after: readonly EndRule[],
  names: Names,
): JourneyChange[] {
  const kind = END_WORDS[what];
  const came = ({ on }: EndRule): Words => ({
    zh: `新${kind.zh}：${triggerWords(on, names).zh}`,
    en: `New ${kind.en}: ${triggerWords(on, names).en}`,
  });
  return compared(before, after, ({ id }) => id).map(({ key, was, is }): JourneyChange => {
    const name = asItIs((is ?? was)!.name);
    if (was === undefined) return { what, op: 'added', key, name, said: came(is!), lines: [] };
    if (is === undefined) return { what, op: 'removed', key, name, said: noMore(name), lines: [] };
    const lines = linesOf(END_RULE, was, is, names);
    return { what, op: 'changed', key, name, said: NOTHING_SAID, lines };
  });
}

const noMore = ({ zh, en }: Words): Words => ({ zh: `不再有「${zh}」。`, en: `“${en}” is no more.` });

/** Of two lists the things that came, went or differ: in the order of the second, those that went last. */
function compared<T extends object>(before: readonly T[], after: readonly T[], keyOf: (thing: T) => string) {
  const [old, kept] = [new Map(before.map((thing) => [keyOf(thing), thing])), new Set(after.map(keyOf))];
  return [
    ...after.map((is) => ({ key: keyOf(is), was: old.get(keyOf(is)), is: is as T | undefined })),
    ...before
      .filter((thing) => !kept.has(keyOf(thing)))
      .map((was) => ({ key: keyOf(was), was: was as T | undefined, is: undefined })),
  ].filter(({ was, is }) => was === undefined || is === undefined || changedFields(was, is).length > 0);
}

function nodes(before: Journey, after: Journey, names: Names): JourneyChange[] {
  const [was, is] = [before, after].map((journey) =>
    journey.nodes.map(({ position: _, ...node }) => node as JourneyNode),
  );
  return compared(was!, is!, ({ id }) => id).flatMap(({ key, was, is }): JourneyChange[] => {
    const place = { what: 'node' as const, key, node: key, name: titleOf((is ?? was)!) };
    if (was === undefined) return [{ ...place, op: 'added', said: newCard(is!, names), lines: [] }];
    if (is === undefined) return [{ ...place, op: 'removed', said: noMore(place.name), lines: [] }];
    const lines = nodeLines(was, is, names);
    return lines.length === 0 ? [] : [{ ...place, op: 'changed', said: NOTHING_SAID, lines }];
  });
}

function newCard(node: JourneyNode, names: Names): Words {
  const summary = summaryOf(node, names);
  const kind = nodeKind(node.kind)?.face.title ?? asItIs(node.kind);
  return { zh: `新节点（${kind.zh}）：${summary.zh}`, en: `New node (${kind.en}): ${summary.en}` };
}

/** The config in one line; of one that cannot be read, as it stands. */
function summaryOf({ kind: name, kindVersion, config }: JourneyNode, names: Names): Words {
  const kind = nodeKind(name);
  const reading = kind && readConfig(kind, kindVersion, config);
  if (!kind || !reading?.ok) return asItIs(config);
  const { summary } = kind.face;
  return { zh: summary(reading.config, 'zh', names), en: summary(reading.config, 'en', names) };
}

/** Title, kind, stage, then field by field what the form asks for; a config that cannot be read is one line. */
function nodeLines(was: JourneyNode, is: JourneyNode, names: Names): ChangedLine[] {
  const own = [
    ...lineOf('title', { zh: '标题', en: 'title' }, asItIs, was, is),
    ...lineOf('stage', { zh: '阶段', en: 'stage' }, (stage: Stage) => STAGE_NAMES[stage], was, is),
  ];
  const kind = nodeKind(is.kind);
  const [then, now] = [was, is].map((node) =>
    kind && node.kind === is.kind ? readConfig(kind, node.kindVersion, node.config) : undefined,
  );
  if (!kind || !then?.ok || !now?.ok) {
    const settings = { zh: '设置', en: 'settings' };
    const same = changedFields({ kind: was.kind, it: was.config }, { kind: is.kind, it: is.config }).length === 0;
    return same ? own : [...own, changedLine(settings, (node: JourneyNode) => summaryOf(node, names), was, is)];
  }
  const [old, fresh] = [then.config as object, now.config as object];
  return [
    ...own,
    ...fieldsOf(kind.config).flatMap((field) =>
      lineOf(field.name, field.label, (value) => saidValue(value, field, names), old, fresh),
    ),
  ];
}

/** Ways that lead elsewhere. Those that went with their card are not told again. */
function ways(before: Journey, after: Journey, names: Names): JourneyChange[] {
  const kept = new Set(after.nodes.map(({ id }) => id));
  const [then, now] = [before, after].map(
    ({ edges }) => new Map(edges.map(({ from, to }) => [`${from.node} ${from.outlet}`, { from, to }])),
  );
  const outlets = new Set([...now!.keys(), ...then!.keys()]);
  return [...outlets].flatMap((key): JourneyChange[] => {
    const [was, is] = [then!.get(key), now!.get(key)];
    const { node, outlet } = (is ?? was)!.from;
    if (was?.to === is?.to || !kept.has(node)) return [];
    const to = (edge: typeof is, journey: Journey): Words | undefined =>
      edge && titleOf(journey.nodes.find(({ id }) => id === edge.to) ?? stranger(edge.to));
    const [from, is_] = [wayOut(after, node, outlet, names), to(is, after)];
    const was_ = to(was, before);
    const op = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    return [{ what: 'way', op, key, node, name: from, said: waySaid(was_, is_), lines: [] }];
  });
}

const stranger = (id: string): JourneyNode => ({
  id,
  kind: id,
  kindVersion: 1,
  config: {},
  stage: 'touch',
  position: { x: 0, y: 0 },
});

/** The card and, where it has several ways out, which one. */
function wayOut(journey: Journey, id: string, outlet: string, names: Names): Words {
  const node = journey.nodes.find((one) => one.id === id) ?? stranger(id);
  const title = titleOf(node);
  const kind = nodeKind(node.kind);
  const reading = kind && readConfig(kind, node.kindVersion, node.config);
  const outlets = kind && reading?.ok ? kind.outlets(reading.config, names) : [];
  const label = outlets.length > 1 ? outlets.find((one) => one.id === outlet)?.label : undefined;
  return label === undefined ? title : { zh: `${title.zh} · ${label.zh}`, en: `${title.en} · ${label.en}` };
}

function waySaid(was: Words | undefined, is: Words | undefined): Words {
  if (is === undefined)
    return { zh: `不再接到「${was!.zh}」，到这里就结束。`, en: `No longer leads to “${was!.en}”; it ends here.` };
  if (was === undefined) return { zh: `接到「${is.zh}」。`, en: `Leads to “${is.en}”.` };
  return { zh: `改接到「${is.zh}」（原来是「${was.zh}」）。`, en: `Now leads to “${is.en}” (was “${was.en}”).` };
}
