/**
 * Reads a value by a path such as "properties.total". A list on the way is read through: "properties.products.category"
 * gives the list of categories. Own properties only, so that no path reaches into a prototype.
 */
export function readPath(value: unknown, path: readonly string[], from = 0): unknown {
  let here = value;
  for (let i = from; i < path.length; i++) {
    if (here === null || typeof here !== 'object') return undefined;
    const segment = path[i] as string;
    if (Array.isArray(here) && !/^\d+$/.test(segment)) return readThrough(here, path, i);
    if (!Object.hasOwn(here, segment)) return undefined;
    here = (here as Record<string, unknown>)[segment];
  }
  return here;
}

/** Apart from the above, which is done for every event: a loop with a function in it remembers each of its rounds. */
function readThrough(list: readonly unknown[], path: readonly string[], from: number): unknown {
  const found = list.flatMap((item) => readPath(item, path, from) ?? []);
  return found.length > 0 ? found : undefined;
}

/** The distinct values at a path as tag and map keys: texts, numbers and booleans of at most 200 characters. */
export function readKeys(value: unknown, path: readonly string[]): readonly string[] {
  const found = readPath(value, path);
  if (!Array.isArray(found)) {
    const key = keyOf(found);
    return key === undefined ? NO_KEYS : [key];
  }
  const keys = found.map(keyOf).filter((key) => key !== undefined);
  return keys.length > 1 ? [...new Set(keys)] : keys;
}

const NO_KEYS: readonly string[] = [];

function keyOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const key = String(value);
  return key.length > 0 && key.length <= 200 ? key : undefined;
}

export const splitPath = (path: string): readonly string[] => path.split('.');
