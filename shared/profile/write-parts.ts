/** How the parts of a customer's record are written and read again: as little text as says the same. */
import { isoOf, msOf } from '../instants.ts';
import type { Book, Leaf, Pen } from '../rules/index.ts';
import type { CompiledRuleset } from '../tags/index.ts';
import type { FamilyValue, Mark, Open, OpenEvent } from './memory.ts';
import type { TagHeld } from './profile.ts';

/** [since, evidence…], and last what only some tags have. */
export type WrittenTag = readonly (number | WrittenTagMore)[];
interface WrittenTagMore {
  readonly u?: number;
  readonly r?: number;
  readonly m?: 1;
  readonly v?: unknown;
}

/** @param version of the ruleset that most tags are of, so that it need not be said */
export function writeTag(held: TagHeld, version: number | undefined, pen: Pen): WrittenTag {
  const { since, until, rule, evidence, manual, value } = held;
  const written: (number | WrittenTagMore)[] = [pen.time(msOf(since)), ...evidence.map(pen.text)];
  const more: { -readonly [K in keyof WrittenTagMore]: WrittenTagMore[K] } = {};
  if (until !== undefined) more.u = pen.time(msOf(until));
  if (rule !== version) more.r = rule;
  if (manual) more.m = 1;
  if (value !== undefined) more.v = value;
  for (const _ in more) {
    written.push(more);
    break;
  }
  return written;
}

export function readTag(written: WrittenTag, version: number | undefined, book: Book): TagHeld {
  const last = written.at(-1);
  const more = typeof last === 'object' ? last : {};
  const [since, ...evidence] = (typeof last === 'object' ? written.slice(0, -1) : written) as number[];
  return {
    since: isoOf(book.time(since as number)),
    ...(more.u === undefined ? {} : { until: isoOf(book.time(more.u)) }),
    rule: more.r ?? (version as number),
    evidence: evidence.map(book.text),
    ...(more.m === undefined ? {} : { manual: true as const }),
    ...(more.v === undefined ? {} : { value: more.v }),
  };
}

export type WrittenMark = 1 | Mark;

/** Most are sticky tags that were true. */
export function writeMark(mark: Mark, pen: Pen): WrittenMark {
  const { s, m, c, r } = mark;
  if (m === undefined && c === undefined && r === undefined) return s === undefined ? {} : 1;
  return c === undefined ? mark : { ...mark, c: pen.time(c) };
}

export function readMark(written: WrittenMark, book: Book): Mark {
  if (written === 1) return { s: 1 };
  return written.c === undefined ? written : { ...written, c: book.time(written.c) };
}

/** [value, due or -1, memory or 0…] */
export type WrittenFamily = readonly (readonly unknown[])[];

export const writeFamily = (values: readonly FamilyValue[], leaves: readonly Leaf[], pen: Pen): WrittenFamily =>
  values.map(({ value, due, mem }) => [value, writeDue(due, pen), ...leaves.map((leaf) => writeMem(leaf, mem, pen))]);

export const readFamily = (written: WrittenFamily, leaves: readonly Leaf[], book: Book): FamilyValue[] =>
  written.map(([value, due, ...mem]) => ({
    value: value as string,
    due: readDue(due as number, book),
    mem: leaves.map((leaf) => readMem(leaf, mem[leaf.slot], book)),
  }));

export function writeMem(leaf: Leaf, mem: readonly unknown[], pen: Pen): unknown {
  const memory = mem[leaf.slot];
  return memory === undefined ? 0 : leaf.form.pack(memory, pen);
}

export const readMem = (leaf: Leaf, written: unknown, book: Book): unknown =>
  written === undefined || written === 0 ? undefined : leaf.form.unpack(written, book);

export const writeDue = (due: number, pen: Pen): number => (due === Infinity ? -1 : pen.time(due));
export const readDue = (ref: number, book: Book): number => (ref === -1 ? Infinity : book.time(ref));

/**
 * An event as [time, id, name, minutes until it came, properties, context, traits] without what is empty at the end; a
 * tag set or taken as [time, op, key, by, ref, depth]; a change of rules as [time, null, version].
 */
export type WrittenOpen = readonly unknown[];

const MINUTE = 60_000;

export function writeOpen(entry: Open, pen: Pen): WrittenOpen {
  const at = pen.time(entry.at);
  if ('key' in entry) return [at, entry.op, entry.key, entry.by, entry.ref, entry.depth ?? 0];
  if (!('id' in entry)) return [at, null, entry.rules];
  const { id, name, came, properties, context, traits } = entry;
  const written = [at, pen.text(id), pen.text(name), (came - entry.at) / MINUTE, properties, context, traits];
  while (written.length > 3 && !written.at(-1)) written.pop();
  return written.map((part) => part ?? 0);
}

export function readOpen(written: WrittenOpen, book: Book): Open {
  const at = book.time(written[0] as number);
  if (written[1] === null) return { at, rules: written[2] as number };
  if (typeof written[1] === 'string') {
    const [, op, key, by, ref, depth] = written as [
      number,
      'add' | 'remove',
      string,
      'manual' | 'journey',
      string,
      number,
    ];
    return { at, op, key, by, ref, ...(depth > 0 ? { depth } : {}) };
  }
  const [, id, name, minutes, properties, context, traits] = written as [number, number, number, ...unknown[]];
  const entry = {
    at,
    id: book.text(id),
    name: book.text(name),
    came: at + ((minutes as number | undefined) ?? 0) * MINUTE,
  };
  return {
    ...entry,
    ...(properties ? { properties: properties as OpenEvent['properties'] } : {}),
    ...(context ? { context: context as OpenEvent['context'] } : {}),
    ...(traits ? { traits: traits as OpenEvent['traits'] } : {}),
  };
}

/** Due moments by unit, flat: [unit, time, …]. */
export function writeDues(due: readonly number[], pen: Pen): number[] {
  const written: number[] = [];
  for (let unit = 0; unit < due.length; unit++) if (due[unit] !== Infinity) written.push(unit, pen.time(due[unit]!));
  return written;
}

export function readDues(written: readonly number[], rules: CompiledRuleset, book: Book): number[] {
  const due = rules.units.map(() => Infinity);
  for (let i = 0; i < written.length; i += 2) due[written[i] as number] = readDue(written[i + 1] as number, book);
  return due;
}
