/** A tree of path segments; a leaf is an empty one. */
export interface Keep {
  readonly [segment: string]: Keep;
}

export function keepPaths(paths: readonly (readonly string[])[]): Keep {
  const root: Record<string, Keep> = {};
  for (const path of paths) {
    let here = root;
    for (const segment of path) {
      const below = here[segment] ?? {};
      here[segment] = below;
      here = below as Record<string, Keep>;
    }
  }
  return root;
}

/** Only those parts of a value that the paths lead to; lists are gone through as readPath() does. */
export function pick(value: unknown, keep: Keep): unknown {
  const segments = Object.keys(keep);
  if (segments.length === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: unknown) => pick(item, keep));
  const kept: Record<string, unknown> = {};
  for (const segment of segments) {
    if (!Object.hasOwn(value, segment)) continue;
    kept[segment] = pick((value as Record<string, unknown>)[segment], keep[segment] as Keep);
  }
  return kept;
}
