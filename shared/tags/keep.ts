/** What of a value is kept: by segment of a path, what of the value there; nothing where all of it is. */
export type Keep = readonly { readonly segment: string; readonly below: Keep }[];

export function keepPaths(paths: readonly (readonly string[])[]): Keep {
  const below = Map.groupBy(
    paths.filter((path) => path.length > 0),
    ([segment]) => segment as string,
  );
  return [...below].map(([segment, under]) => ({
    segment,
    // A path that ends here asks for all that is here.
    below: under.some(({ length }) => length === 1) ? [] : keepPaths(under.map((path) => path.slice(1))),
  }));
}

/** Only those parts of a value that the paths lead to; lists are gone through as readPath() does. */
export function pick(value: unknown, keep: Keep): unknown {
  if (keep.length === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: unknown) => pick(item, keep));
  const kept: Record<string, unknown> = {};
  for (let i = 0; i < keep.length; i++) {
    const { segment, below } = keep[i] as Keep[number];
    if (!Object.hasOwn(value, segment)) continue;
    const found = (value as Record<string, unknown>)[segment];
    kept[segment] = below.length === 0 ? found : pick(found, below);
  }
  return kept;
}

/** Characters in the texts of a value; of what was picked by these paths without asking it for its keys. */
export function charsOf(value: unknown, keep: Keep = []): number {
  if (typeof value === 'string') return value.length;
  if (value === null || typeof value !== 'object') return 0;
  let chars = 0;
  if (keep.length > 0 && !Array.isArray(value)) {
    for (let i = 0; i < keep.length; i++) {
      const { segment, below } = keep[i] as Keep[number];
      chars += charsOf((value as Record<string, unknown>)[segment], below);
    }
    return chars;
  }
  const parts = Array.isArray(value) ? value : Object.values(value);
  for (let i = 0; i < parts.length; i++) chars += charsOf(parts[i], keep);
  return chars;
}
