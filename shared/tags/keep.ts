/** What of a value is kept: by segment of a path, what of the value there; nothing where all of it is. */
export type Keep = readonly {
  readonly segment: string;
  readonly below: Keep;
  /** Every object has such a member that is not its own. */
  readonly inherited: boolean;
}[];

export function keepPaths(paths: readonly (readonly string[])[]): Keep {
  const below = Map.groupBy(
    paths.filter((path) => path.length > 0),
    ([segment]) => segment as string,
  );
  return [...below].map(([segment, under]) => ({
    segment,
    // A path that ends here asks for all that is here.
    below: under.some(({ length }) => length === 1) ? [] : keepPaths(under.map((path) => path.slice(1))),
    inherited: segment in Object.prototype,
  }));
}

/** Picks parts of values, and counts the characters in the texts of what it has picked. */
export class Picker {
  chars = 0;

  /** Only those parts of a value that the paths lead to; lists are gone through as readPath() does. */
  pick(value: unknown, keep: Keep): unknown {
    if (keep.length === 0 || value === null || typeof value !== 'object') {
      this.chars += charsOf(value);
      return value;
    }
    if (Array.isArray(value)) return this.each(value, keep);
    const kept: Record<string, unknown> = {};
    for (let i = 0; i < keep.length; i++) {
      const { segment, below, inherited } = keep[i] as Keep[number];
      const found = (value as Record<string, unknown>)[segment];
      if (found === undefined || (inherited && !Object.hasOwn(value, segment))) continue;
      kept[segment] = this.pick(found, below);
    }
    return kept;
  }

  private each(list: readonly unknown[], keep: Keep): readonly unknown[] {
    return list.map((item) => this.pick(item, keep));
  }
}

/** Characters in the texts of a value. */
export function charsOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value === null || typeof value !== 'object') return 0;
  let chars = 0;
  const parts = Array.isArray(value) ? value : Object.values(value);
  for (let i = 0; i < parts.length; i++) chars += charsOf(parts[i]);
  return chars;
}
