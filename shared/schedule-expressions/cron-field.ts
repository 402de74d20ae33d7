/** The values that one field of a cron expression allows. */
export type Allowed = ReadonlySet<number>;

export interface FieldRules {
  readonly min: number;
  readonly max: number;
  /** Names that stand for numbers, from `min` on. */
  readonly names?: readonly string[];
}

/** Reads `*`, `5`, `1,15`, `MON-FRI`, `0/15`, `10-40/5`, `*` with a step; undefined for anything else. */
export function readField(text: string, rules: FieldRules): Allowed | undefined {
  const allowed = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    const values = more.length > 0 ? undefined : readRange(range, step !== undefined, rules);
    const every = step === undefined ? 1 : /^\d+$/.test(step) ? Number(step) : 0;
    if (!values || every < 1) return undefined;
    for (const [n, value] of values.entries()) if (n % every === 0) allowed.add(value);
  }
  return allowed;
}

/** A number alone begins a range that goes to the end when steps are taken. Ranges of names may go round: FRI-MON. */
function readRange(text: string, stepped: boolean, rules: FieldRules): number[] | undefined {
  const { min, max, names } = rules;
  if (text === '*') return upTo(min, max);
  const [from = '', to, ...more] = text.split('-');
  const first = readValue(from, rules);
  const last = to === undefined ? (stepped ? max : first) : readValue(to, rules);
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  if (first <= last) return upTo(first, last);
  return names ? [...upTo(first, max), ...upTo(min, last)] : undefined;
}

export function readValue(text: string, { min, max, names = [] }: FieldRules): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
