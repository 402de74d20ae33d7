/**
 * The contract of a node kind. A kind is one folder under shared/nodes/ and one line in index.ts; palette, forms, the
 * document schema, help, compiler, simulator and IAM permissions are computed from what is said here. Outside a kind's
 * own folder nobody asks "which kind?": if shared code needs a fact, it becomes a question in this contract.
 *
 * Everything is pure: clock, zone, customer and events come in as facts, effects go out as data.
 */
import type { z } from 'zod';
import type { Build, Fragment } from '../compiler/build.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Graph } from '../journey/graph.ts';
import type { Mentions } from '../journey/mentions.ts';
import type { Trigger } from '../journey/schema.ts';
import type { EventNeeds, Names, Sure } from '../rules/index.ts';
import type { Language, Words } from '../words.ts';
import type { Awaited, Decision, EffectOutcome } from './decision.ts';
import type { Facts } from './facts.ts';

export type NodeGroup = 'enter' | 'time' | 'logic' | 'reach' | 'customer' | 'flow';

/** A way out of a node. `tone: 'else'` is drawn lighter: the otherwise branch, the timed-out one. */
export interface Outlet {
  readonly id: string;
  readonly label: Words;
  readonly tone?: 'main' | 'else';
}

/** What a kind needs from outside; the step handlers have a performer for each, infra derives permissions from them. */
export type Ability = 'facts' | 'send' | 'tag' | 'stage' | 'await' | 'task';

export interface NodeFace<C> {
  readonly group: NodeGroup;
  /** Name of an icon of @ant-design/icons, e.g. "ClockCircleOutlined". */
  readonly icon: string;
  readonly title: Words;
  /** One line about a config, as a marketer would say it: "等待 7 天 · 至 10:00". */
  readonly summary: (config: C, language: Language, names: Names) => string;
  /** Words under which the palette search finds it. */
  readonly keywords?: readonly string[];
}

export interface NodeSample<C> {
  readonly name: string;
  readonly config: C;
  readonly facts?: Partial<Facts>;
  /** The decision expected of decide(), where the kind has one. */
  readonly decision?: Decision;
}

export interface NodeKind<C = unknown> {
  readonly kind: string;
  readonly version: number;
  /** upgrades[n] turns a config of version n into one of version n + 1. */
  readonly upgrades: Readonly<Record<number, (config: unknown) => unknown>>;
  /** Each field carries .meta({ label: Words, help?: Words, widget?: string }) for the form and the docs. */
  readonly config: z.ZodType<C>;
  /** What a freshly dropped card starts with; parses. */
  readonly defaults: C;
  /** The same for who works in English, where `defaults` holds words that people read. */
  readonly defaultsEn?: C;
  /** Their ids follow from the config alone; `names`: what their labels call tags and segments, else their keys. */
  readonly outlets: (config: C, names?: Names) => readonly Outlet[];
  readonly face: NodeFace<C>;
  readonly samples: readonly NodeSample<C>[];
  readonly needs: readonly Ability[];
  /** For enter kinds only: what lets a customer in. */
  readonly entry?: (config: C) => Trigger;
  /** Mistakes a schema cannot see. */
  readonly check?: (config: C, graph: Graph, nodeId: string) => readonly Diagnostic[];
  /** The tags and events that a config speaks of: for "used by" and for checks. */
  readonly mentions?: (config: C) => Mentions;
  /** What it says to customers, without Liquid: for checks of content. */
  readonly says?: (config: C) => readonly string[];
  /** Its templates as they are written: for checks of variables. */
  readonly templates?: (config: C) => readonly string[];
  /** What it says that it is about; who excludes one of these is not sent it. */
  readonly topics?: (config: C) => readonly string[];
  /** What it sends counts under the caps: the outlets through which it was sent, and whether it waits at a cap. */
  readonly counts?: (config: C) => { readonly ways: readonly string[]; readonly waits: boolean } | undefined;
  /** The outlets that customers may take of whom so much is sure; absent: any. */
  readonly ways?: (config: C, sure: Sure) => readonly string[];
  /** The events (names and how far back) that decide() must see among facts.events. */
  readonly eventNeeds?: (config: C) => EventNeeds | undefined;
  /** For kinds that wait for something to happen: all that this config can wait for, each with its way out. */
  readonly awaits?: (config: C) => readonly Awaited[];
  /** Pure decision over facts; kinds that lower straight to ASL have none. */
  readonly decide?: (config: C, facts: Facts) => Decision;
  /** The outlet after the effects were performed, when it depends on how they came out. */
  readonly after?: (config: C, outcomes: readonly EffectOutcome[]) => string;
  /** The ASL fragment; enter kinds have none. */
  readonly lower?: (config: C, build: Build) => Fragment;
}

/** Checks the type of a kind where it is written, and forgets its config type for the registry. */
export function defineNode<C>(kind: NodeKind<C>): NodeKind<C> {
  return kind;
}
