/** The base, written as what is different from the head. */
import { type Book, type Pen, valueAt, withValue } from '../rules/index.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import { withDues } from './dues.ts';
import { sameTags, tagsOf, withTags } from './held.ts';
import type { FamilyValue, Snapshot } from './memory.ts';
import {
  readFamily,
  readMark,
  readMem,
  readTag,
  type WrittenFamily,
  type WrittenMark,
  type WrittenTag,
  writeFamily,
  writeMark,
  writeMem,
  writeTag,
} from './write-parts.ts';

/** 0: there was none. */
type Before<T> = Readonly<Record<string, T | 0>>;

export interface WrittenUndo {
  /** Absent: nothing was ever processed. */
  readonly z?: number;
  /** [slot, memory or 0, …] */
  readonly m?: readonly unknown[];
  /** By place. */
  readonly f?: Readonly<Record<string, WrittenFamily>>;
  readonly q?: Before<WrittenMark>;
  readonly t?: Before<WrittenTag>;
  /** In a list each, because 0 may be a trait. */
  readonly x?: Readonly<Record<string, readonly [unknown?]>>;
}

export function writeUndo(head: Snapshot, base: Snapshot, rules: CompiledRuleset, pen: Pen): WrittenUndo {
  const undo: { -readonly [K in keyof WrittenUndo]: WrittenUndo[K] } = {};
  if (base.last !== -Infinity) undo.z = pen.time(base.last);
  const m: unknown[] = [];
  for (const leaf of rules.leaves) {
    const before = valueAt(base.pages, leaf);
    if (!same(valueAt(head.pages, leaf), before)) m.push(leaf.slot, writeMem(leaf, before, pen));
  }
  if (m.length > 0) undo.m = m;
  const f: Record<string, WrittenFamily> = {};
  for (const { family, leaves } of rules.families) {
    const { place } = family!;
    const before = base.families[place]!;
    if (!sameFamily(head.families[place]!, before)) f[place] = writeFamily(before, leaves, pen);
  }
  if (Object.keys(f).length > 0) undo.f = f;
  undo.q = differing(head.marks, base.marks, (mark) => writeMark(mark, pen));
  if (!sameTags(head, base, rules)) {
    undo.t = differing(tagsOf(head, rules), tagsOf(base, rules), (held) => writeTag(held, rules.version, pen));
  }
  undo.x = differing(head.traits, base.traits, (trait) => [trait] as const, []);
  return undo;
}

export function readUndo(head: Snapshot, undo: WrittenUndo, rules: CompiledRuleset, book: Book): Snapshot {
  let { pages } = head;
  for (let i = 0; i < (undo.m?.length ?? 0); i += 2) {
    const leaf = rules.leaves[undo.m![i] as number]!;
    pages = withValue(pages, head.pages, leaf, readMem(leaf, undo.m![i + 1], book));
  }
  const families = rules.families.map(({ family, leaves }) => {
    const before = undo.f?.[family!.place];
    return before === undefined ? head.families[family!.place]! : readFamily(before, leaves, book);
  });
  return withDues(rules, {
    last: undo.z === undefined ? -Infinity : book.time(undo.z),
    families,
    marks: undone(head.marks, undo.q, (mark) => (mark === 0 ? undefined : readMark(mark, book))),
    ...(undo.t === undefined
      ? { pages, others: head.others }
      : withTags(
          pages,
          undone(tagsOf(head, rules), undo.t, (tag) => (tag === 0 ? undefined : readTag(tag, rules.version, book))),
          rules,
        )),
    traits: undone(head.traits, undo.x, ([trait]) => trait),
  });
}

/** By key what the base has otherwise than the head; undefined when nothing. */
function differing<T, U, N = 0>(
  head: Readonly<Record<string, T>>,
  base: Readonly<Record<string, T>>,
  write: (value: T) => U,
  none: N = 0 as N,
): Record<string, U | N> | undefined {
  if (head === base) return undefined;
  const changed: Record<string, U | N> = {};
  let some = false;
  for (const key of Object.keys({ ...base, ...head }).sort()) {
    const before = base[key];
    if (same(head[key], before)) continue;
    changed[key] = before === undefined ? none : write(before);
    some = true;
  }
  return some ? changed : undefined;
}

function undone<T, U>(
  head: Readonly<Record<string, T>>,
  undo: Readonly<Record<string, U>> | undefined,
  read: (written: U) => T | undefined,
): Readonly<Record<string, T>> {
  if (undo === undefined) return head;
  const base: Record<string, T> = { ...head };
  for (const key in undo) {
    const before = read(undo[key] as U);
    if (before === undefined) delete base[key];
    else base[key] = before;
  }
  return base;
}

const same = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

/** But for when time changes them next, which is not written. */
const sameFamily = (a: readonly FamilyValue[], b: readonly FamilyValue[]): boolean =>
  a === b || (a.length === b.length && a.every(({ value, mem }, i) => value === b[i]?.value && same(mem, b[i].mem)));
