/** How the parts of a customer's record are written and read again: as little text as says the same. */
import { isoOf, msOf } from '../instants.ts';
import type { Book, Leaf, Pen } from '../rules/index.ts';
import { charsOf } from '../tags/index.ts';
import type { FamilyValue, Mark, Open } from './memory.ts';
import type { Reader, Writer } from './pens.ts';
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

/** [value, memory or 0…]; when time changes it next is found again (see dues.ts). */
export type WrittenFamily = readonly (readonly unknown[])[];

export const writeFamily = (values: readonly FamilyValue[], leaves: readonly Leaf[], pen: Pen): WrittenFamily =>
  values.map(({ value, mem }) => [value, ...leaves.map((leaf) => writeMem(leaf, mem[leaf.slot], pen))]);

export const readFamily = (written: WrittenFamily, leaves: readonly Leaf[], book: Book): FamilyValue[] =>
  written.map(([value, ...mem]) => ({
    value: value as string,
    due: Infinity,
    mem: leaves.map((leaf) => readMem(leaf, mem[leaf.slot], book)),
  }));

export const writeMem = (leaf: Leaf, memory: unknown, pen: Pen): unknown =>
  memory === undefined ? 0 : leaf.form.pack(memory, pen);

export const readMem = (leaf: Leaf, written: unknown, book: Book): unknown =>
  written === undefined || written === 0 ? undefined : leaf.form.unpack(written, book);

/**
 * An event as [time, id, name, minutes until it came, properties, context, traits] without what is empty at the end; a
 * tag set or taken as [time, op, key, by, ref, depth]; a change of rules as [time, null, version].
 */
export type WrittenOpen = readonly unknown[];

export function writeOpen(entry: Open, pen: Writer): WrittenOpen {
  const at = pen.time(entry.at);
  if ('key' in entry) return [at, entry.op, entry.key, entry.by, entry.ref, entry.depth ?? 0];
  if (!('id' in entry)) return [at, null, entry.rules];
  const { id, name, late, properties, context, traits } = entry;
  const written = [at, pen.text(id), pen.text(name), late, properties, context, traits];
  while (written.length > 3 && !written.at(-1)) written.pop();
  return written.map((part) => (typeof part === 'object' ? pen.part(part) : (part ?? -1)));
}

export function readOpen(written: WrittenOpen, book: Reader): Open {
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
  const [, id, name, minutes = 0, properties = -1, context = -1, traits = -1] = written as readonly number[];
  const part = (ref: number) => (ref < 0 ? undefined : book.part(ref));
  const [p, c, t] = [part(properties), part(context), part(traits)];
  return {
    at,
    id: book.text(id as number),
    name: book.text(name as number),
    late: minutes,
    chars: charsOf(p) + charsOf(c) + charsOf(t),
    properties: p,
    context: c,
    traits: t,
  };
}
