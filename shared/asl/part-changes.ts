import type { ChildFacts, Frame, MapRunFacts } from './types.ts';

/**
 * What a step has to do with distributed Maps: how their runs and children stand, and which parts of theirs it has
 * changed. Of ten thousand items, one step is about a few, and whoever keeps the document need not write all of them
 * again. (What else is in the document is small, and changes with each step.)
 */
export class PartChanges {
  /** Anything may have changed. */
  all = false;
  /** Frames inside distributed Maps that were opened, changed or removed. */
  readonly frames = new Set<number>();
  /** Frames of distributed Maps that have got their items, or have none any more. */
  readonly joins = new Set<number>();
  /** By the Map's frame: the parts that have a result now. */
  readonly results = new Map<number, number[]>();
  /** By ARN. */
  readonly mapRuns = new Map<string, MapRunFacts>();
  readonly children = new Map<string, ChildFacts>();

  result(map: Frame, slot: number): void {
    const slots = this.results.get(map.id);
    if (slots) slots.push(slot);
    else this.results.set(map.id, [slot]);
  }
}
