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
