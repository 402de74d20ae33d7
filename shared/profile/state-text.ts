/**
 * A customer's state as the text that lies in the table. It is read and written with every event, so its length is the
 * price and the speed of everything: what there is none of is not written, times and ids once, and of the base only how
 * it differs from the head. Memories are named by their rules' leaves, so that they are found again by other rules.
 */
import { isoOf, msOf } from '../instants.ts';
import { valueAt, withValue } from '../rules/index.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import { withDues } from './dues.ts';
import { withTags } from './held.ts';
import { plain } from './known-state.ts';
import { emptyMemory, type Mark, type Memory, NO_MARKS, nothingOpen, type Snapshot } from './memory.ts';
import { Reader, type Tables, Writer } from './pens.ts';
import { withSegments } from './segment-parts.ts';
import { charsIn, ripeFrom } from './settle.ts';
import type { CustomerState } from './state.ts';
import { readUndo, type WrittenUndo, writeUndo } from './undo.ts';
import {
  readFamily,
  readMark,
  readMem,
  readOpen,
  readTag,
  type WrittenFamily,
  type WrittenMark,
  type WrittenOpen,
  type WrittenTag,
  writeFamily,
  writeMark,
  writeMem,
  writeOpen,
  writeTag,
} from './write-parts.ts';

interface Written extends Tables {
  /** Last and first seen. */
  readonly n?: readonly [number, number];
  readonly g?: CustomerState['stage'];
  readonly x?: CustomerState['traits'];
  readonly t?: Readonly<Record<string, WrittenTag>>;
  /** Segments, by id. */
  readonly e?: Readonly<Record<string, WrittenTag>>;
  readonly d?: number;
  /** Version of the ruleset, and the last instant processed; absent where nothing ever was. */
  readonly r?: number;
  readonly z?: number;
  /** By leaf id. */
  readonly m?: Readonly<Record<string, unknown>>;
  /** By family id. */
  readonly f?: Readonly<Record<string, WrittenFamily>>;
  readonly q?: Readonly<Record<string, WrittenMark>>;
  readonly o?: readonly WrittenOpen[];
  readonly b?: WrittenUndo;
}

/** A memory as it was read: what it means shows once the rules are known. */
class ReadMemory {
  readonly text: string;
  readonly written: Written;
  readonly book: Reader;

  constructor(text: string, written: Written, book: Reader) {
    this.text = text;
    this.written = written;
    this.book = book;
  }
}

/** The state without its id, which is known from where the text lies. */
export function stateToText(state: CustomerState): string {
  const { firstSeenAt, lastSeenAt, stage, traits, tags, segments, dueAt } = state;
  if (state.memory instanceof ReadMemory) return state.memory.text;
  const memory = state.memory as Memory | undefined;
  const pen = new Writer();
  const written: { -readonly [K in keyof Written]?: Written[K] } = {};
  if (firstSeenAt !== undefined && lastSeenAt !== undefined) {
    written.n = [pen.time(msOf(lastSeenAt)), pen.time(msOf(firstSeenAt))];
  }
  if (stage !== undefined) written.g = stage;
  if (!isEmpty(traits)) written.x = traits;
  const version = memory?.rules.version;
  if (!isEmpty(tags)) written.t = mapSorted(tags, (held) => writeTag(held, version, pen));
  if (!isEmpty(segments)) written.e = mapSorted(segments, (held) => writeTag(held, version, pen));
  if (dueAt !== undefined) written.d = pen.time(msOf(dueAt));
  if (memory !== undefined && memory.head.last !== -Infinity) writeMemory(memory, pen, written);
  return JSON.stringify(Object.assign(written, pen.tables()));
}

function writeMemory(memory: Memory, pen: Writer, written: { -readonly [K in keyof Written]?: Written[K] }): void {
  const { rules, head, base, open } = memory;
  written.r = rules.version;
  written.z = pen.time(head.last);
  const m: Record<string, unknown> = {};
  for (const leaf of rules.leaves) {
    const memory = valueAt(head.pages, leaf);
    if (memory !== undefined) m[leaf.id] = writeMem(leaf, memory, pen);
  }
  if (!isEmpty(m)) written.m = m;
  const f: Record<string, WrittenFamily> = {};
  for (const { family, leaves } of rules.families) {
    const values = head.families[family!.place]!;
    if (values.length > 0) f[family!.id] = writeFamily(values, leaves, pen);
  }
  if (!isEmpty(f)) written.f = f;
  if (!isEmpty(head.marks)) written.q = mapSorted(head.marks, (mark) => writeMark(mark, pen));
  if (open.length > 0) written.o = open.map((entry) => writeOpen(entry, pen));
  if (base !== head) written.b = writeUndo(head, base, rules, pen);
}

/** @throws SyntaxError when it is no text that stateToText() wrote */
export function stateFromText(id: string, text: string): CustomerState {
  const written = JSON.parse(text) as Written;
  const book = new Reader(written);
  const { n, g, x, t, e, d, r } = written;
  return {
    id,
    ...(n === undefined ? {} : { firstSeenAt: isoOf(book.time(n[1])), lastSeenAt: isoOf(book.time(n[0])) }),
    ...(g === undefined ? {} : { stage: g }),
    traits: x ?? {},
    tags: t === undefined ? {} : map(t, (tag) => readTag(tag, r, book)),
    segments: e === undefined ? {} : map(e, (held) => readTag(held, r, book)),
    ...(d === undefined ? {} : { dueAt: isoOf(book.time(d)) }),
    memory: new ReadMemory(text, written, book),
  };
}

/**
 * A state's memory for these rules. When others made it (or `anew` is asked for), it is brought over: memories of rules
 * that stayed as they were (same operator and configuration) are kept; those of rules that are gone are dropped; new
 * rules begin empty and see what happens from now on. What was open is settled: the past is not judged by rules that
 * did not exist. Then `changed` says that everything is to be looked at again. But what time alone was to change from
 * the state's `dueAt` on, it still changes at its own moment: a journey that waits for it is not to miss it because rules
 * were published meanwhile.
 */
export function memoryOf(
  state: CustomerState,
  rules: CompiledRuleset,
  anew: boolean,
): { readonly memory: Memory; readonly changed: boolean } {
  const { memory: found } = state;
  // The usual case, at no cost.
  if (
    found !== undefined &&
    !anew &&
    !(found instanceof ReadMemory) &&
    (found as Memory).rules.version === rules.version
  )
    return { memory: found as Memory, changed: false };
  return broughtOver(state, rules, anew);
}

function broughtOver(state: CustomerState, rules: CompiledRuleset, anew: boolean): ReturnType<typeof memoryOf> {
  const { memory: found, traits } = state;
  const nothing = (): Memory => emptyMemory(rules, { traits, tags: withSegments(state.tags, state.segments) });
  if (found === undefined) return { memory: nothing(), changed: false };
  if (!(found instanceof ReadMemory)) {
    const memory = found as Memory;
    if (memory.head.last === -Infinity) return { memory: nothing(), changed: false };
    const { memory: again } = stateFromText(state.id, stateToText(state));
    return memoryOf({ ...plain(state), memory: again }, rules, anew);
  }
  const { written, book } = found;
  if (written.r === undefined) return { memory: nothing(), changed: false };
  const same = written.r === rules.version && !anew;
  const rest: Omit<Snapshot, 'soon' | 'soonest'> = {
    last: book.time(written.z as number),
    families: rules.families.map(({ family, leaves }) => readFamily(written.f?.[family!.id] ?? [], leaves, book)),
    marks: readMarks(written.q ?? {}, rules, book),
    ...withTags(readMems(written.m ?? {}, rules, book), withSegments(state.tags, state.segments), rules),
    traits,
  };
  if (!same) {
    const head = withDues(rules, rest, state.dueAt === undefined ? Infinity : msOf(state.dueAt));
    return { memory: nothingOpen(rules, head), changed: true };
  }
  const head = withDues(rules, rest);
  const base = written.b === undefined ? head : readUndo(head, written.b, rules, book);
  const open = (written.o ?? []).map((entry) => readOpen(entry, book));
  return {
    memory: { rules, head, base, open, chars: charsIn(open), ripe: ripeFrom(open), checkpoints: [] },
    changed: false,
  };
}

function readMems(written: NonNullable<Written['m']>, rules: CompiledRuleset, book: Reader): Snapshot['pages'] {
  const { pages: blank } = rules.blank;
  let pages = blank;
  for (const leaf of rules.leaves) {
    const memory = readMem(leaf, written[leaf.id], book);
    if (memory !== undefined) pages = withValue(pages, blank, leaf, memory);
  }
  return pages;
}

function readMarks(written: Readonly<Record<string, WrittenMark>>, rules: CompiledRuleset, book: Reader) {
  if (isEmpty(written)) return NO_MARKS;
  const known = Object.entries(written).filter(([key]) => rules.unitOf(key) !== undefined);
  return Object.fromEntries<Mark>(known.map(([key, mark]) => [key, readMark(mark, book)]));
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

function map<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  const changed: Record<string, U> = {};
  for (const key in record) changed[key] = change(record[key] as T);
  return changed;
}

/** In the order of keys, so that equal states give equal texts. */
function mapSorted<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  const changed: Record<string, U> = {};
  for (const key of Object.keys(record).sort()) changed[key] = change(record[key] as T);
  return changed;
}
