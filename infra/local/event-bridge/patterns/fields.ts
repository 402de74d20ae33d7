import type { Scalar } from './scalar.ts';

/** A value of an event, and in which elements of which arrays it stands. */
export interface Field {
  readonly value: Scalar;
  readonly place: Place | undefined;
}

/** Element `index` of an array, which may itself be an element of another. Arrays are numbered through an event. */
export interface Place {
  readonly array: number;
  readonly index: number;
  readonly up: Place | undefined;
}

/** What an event holds at the wanted paths. It is good until the next event is read. */
export interface Fields {
  /** By the place of the path in the list of wanted paths. */
  at(slot: number): readonly Field[];
  /** The slots that the event has values for. */
  readonly present: readonly number[];
}

interface Step {
  readonly next: Map<string, Step>;
  slot: number | undefined;
}

const NONE: readonly Field[] = [];

/**
 * Reads the values at some paths from an event in one walk that only enters what leads to them. Arrays stand for their
 * elements, however deep; objects and empty arrays are no values.
 */
export function fieldReader(paths: readonly string[]): (event: unknown) => Fields {
  const root: Step = { next: new Map(), slot: undefined };
  for (const [slot, path] of paths.entries()) {
    let step = root;
    for (const name of path.split('.')) {
      const next: Step = step.next.get(name) ?? { next: new Map(), slot: undefined };
      step.next.set(name, next);
      step = next;
    }
    step.slot = slot;
  }
  const found: Field[][] = paths.map(() => []);
  const present: number[] = [];
  let arrays = 0;

  function walk(value: unknown, step: Step, place: Place | undefined): void {
    if (typeof value !== 'object' || value === null) {
      if (step.slot === undefined || value === undefined) return;
      const fields = found[step.slot] as Field[];
      if (fields.length === 0) present.push(step.slot);
      fields.push({ value: value as Scalar, place });
    } else if (Array.isArray(value)) {
      const array = arrays++;
      for (let index = 0; index < value.length; index++) {
        const element: unknown = value[index];
        walk(element, step, typeof element === 'object' && element !== null ? { array, index, up: place } : place);
      }
    } else if (step.next.size > 0) {
      // Events are parsed JSON: nothing is inherited.
      for (const name in value) {
        const next = step.next.get(name) ?? (name.includes('.') ? reach(step, name) : undefined);
        if (next) walk((value as Record<string, unknown>)[name], next, place);
      }
    }
  }

  return (event) => {
    for (const slot of present) (found[slot] as Field[]).length = 0;
    present.length = 0;
    arrays = 0;
    walk(event, root, undefined);
    return { at: (slot) => found[slot] ?? NONE, present };
  };
}

/** A name with dots in it leads as far as the names between the dots. */
function reach(from: Step, name: string): Step | undefined {
  let step: Step | undefined = from;
  for (const part of name.split('.')) step = step?.next.get(part);
  return step;
}

/**
 * Both places at once, or null where they are different elements of one array. Gives `a` itself where `b` says nothing
 * new.
 */
export function together(a: Place | undefined, b: Place | undefined): Place | undefined | null {
  if (!a || !b) return a ?? b;
  let joint: Place = a;
  for (let one: Place | undefined = b; one; one = one.up) {
    let same: Place | undefined = a;
    while (same && same.array !== one.array) same = same.up;
    if (same && same.index !== one.index) return null;
    if (!same) joint = { array: one.array, index: one.index, up: joint };
  }
  return joint;
}
