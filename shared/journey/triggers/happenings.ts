/**
 * The registry of what may happen to a customer, in the forms that triggers look at. Whoever needs to know something of
 * a happening asks here; nobody else looks at its type.
 */
import type { CustomerEvent } from '../../events/index.ts';

export type Happening =
  | { readonly type: 'event'; readonly event: CustomerEvent }
  | { readonly type: 'tag'; readonly op: 'added' | 'removed'; readonly key: string }
  | { readonly type: 'segment'; readonly op: 'entered' | 'left'; readonly segment: string }
  /** The moment of an entry has come, for this customer. */
  | { readonly type: 'moment'; readonly journey: string; readonly node: string };

type Traits = Readonly<Record<string, unknown>>;

interface HappeningKind<H> {
  /** Under which name triggers wait for it; absent: it was meant for one entry of one journey, which is named in it. */
  readonly name?: (happening: H) => string;
  /** It is over as soon as it has happened, and says nothing of how things stand from then on. */
  readonly passes: boolean;
  /** What she is from now on, and was not. */
  readonly became?: (happening: H) => { readonly tag?: string; readonly segment?: string };
  /** The traits that it brings. */
  readonly traits?: (happening: H) => Traits | undefined;
  readonly isFor?: (happening: H, journey: string, node: string) => boolean;
}

type Kinds = { readonly [T in Happening['type']]: HappeningKind<Extract<Happening, { type: T }>> };

/** Names by which triggers and happenings find each other. */
export const NAME = {
  event: (name: string) => `event ${name}`,
  tag: (key: string) => `tag ${key}`,
  segment: (id: string) => `segment ${id}`,
};

const KINDS: Kinds = {
  event: { name: ({ event }) => NAME.event(event.name), passes: true, traits: ({ event }) => event.traits },
  tag: {
    name: ({ key }) => NAME.tag(key),
    passes: false,
    became: ({ op, key }) => (op === 'added' ? { tag: key } : {}),
  },
  segment: {
    name: ({ segment }) => NAME.segment(segment),
    passes: false,
    became: ({ op, segment }) => (op === 'entered' ? { segment } : {}),
  },
  moment: { passes: true, isFor: (moment, journey, node) => moment.journey === journey && moment.node === node },
};

const kindOf = ({ type }: Happening): HappeningKind<Happening> => KINDS[type] as HappeningKind<Happening>;

export const nameOfHappening = (happening: Happening): string | undefined => kindOf(happening).name?.(happening);

/** Did it pass with its moment (an event), or does it say how she is from now on (a tag, a segment)? */
export const passes = (happening: Happening): boolean => kindOf(happening).passes;

/** The tag or the segment that she has from now on, and had not. */
export const became = (happening: Happening): { readonly tag?: string; readonly segment?: string } =>
  kindOf(happening).became?.(happening) ?? {};

export const traitsBrought = (happening: Happening): Traits | undefined => kindOf(happening).traits?.(happening);

/** Was it meant for just this entry of just this journey? */
export const isMeantFor = (happening: Happening, journey: string, node: string): boolean =>
  kindOf(happening).isFor?.(happening, journey, node) ?? false;
