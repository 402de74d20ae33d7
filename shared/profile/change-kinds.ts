/**
 * The registry of what may change about a customer. Whoever needs to know something of a change asks here; outside this
 * folder nobody looks at its type.
 */
import type { Happening } from '../journey/triggers/index.ts';
import type { EntryCause } from '../nodes/index.ts';
import { segmentKey } from '../rules/index.ts';
import type { Change, SegmentChange, StageChange, TagChange } from './profile.ts';

/** A change as journeys look at it. */
interface AsHappening {
  readonly happening: Happening;
  readonly cause: Pick<EntryCause, 'type' | 'name'>;
}

interface ChangeKind<C> {
  /** The name under which the bus is told of it, and what belongs to just this kind. */
  readonly told: (change: C) => { readonly name: string; readonly detail: object };
  /** The list of customers it stands in. */
  readonly tag?: (change: C) => string;
  readonly segment?: (change: C) => string;
  /** What came to her or went, as rules keep it. */
  readonly moved?: (change: C) => { readonly key: string; readonly op: TagChange['op']; readonly rule: number };
  readonly happened?: (change: C) => AsHappening;
}

type Kinds = { readonly [T in Change['type']]: ChangeKind<Extract<Change, { type: T }>> };

const because = ({ rule, evidence, why }: TagChange | SegmentChange) => ({ rule, evidence, why });

const KINDS: Kinds = {
  tag: {
    told: (change) => ({
      name: `tag.${change.op}`,
      detail: { tag: change.key, ...because(change), value: change.value },
    }),
    tag: ({ key }) => key,
    moved: ({ key, op, rule }) => ({ key, op, rule }),
    happened: ({ key, op }) => ({
      happening: { type: 'tag', op, key },
      cause: { type: op === 'added' ? 'tagAdded' : 'tagRemoved', name: key },
    }),
  },
  segment: {
    told: (change) => ({
      name: `segment.${change.op}`,
      detail: { segment: change.segment, ...because(change) },
    }),
    segment: ({ segment }) => segment,
    moved: ({ segment, op, rule }) => ({ key: segmentKey(segment), op: op === 'entered' ? 'added' : 'removed', rule }),
    happened: ({ segment, op }) => ({
      happening: { type: 'segment', op, segment },
      cause: { type: op === 'entered' ? 'segmentEntered' : 'segmentLeft', name: segment },
    }),
  },
  stage: { told: ({ from, to }: StageChange) => ({ name: 'stage.changed', detail: { from, to } }) },
};

const kindOf = ({ type }: Change): ChangeKind<Change> => KINDS[type] as ChangeKind<Change>;

export const toldByBus = (change: Change) => kindOf(change).told(change);

/** The tag, or the segment, whose list of customers changes with it. */
export const tagChanged = (change: Change): string | undefined => kindOf(change).tag?.(change);
export const segmentChanged = (change: Change): string | undefined => kindOf(change).segment?.(change);

/** What came to her or went: the key of a tag, or that under which rules keep a segment. */
export const movedBy = (change: Change) => kindOf(change).moved?.(change);

/** As journeys look at it; undefined for what lets nobody in, and ends nothing. */
export const changeAsHappening = (change: Change): AsHappening | undefined => kindOf(change).happened?.(change);

/** The stage that was set by it, if it set one. */
export const isOfStage = (change: Change): change is StageChange => change.type === 'stage';
