/**
 * What of a JSON value could stop those who handle it later, looked for where it comes in: levels upon levels (whatever
 * walks them by recursion breaks, and a table bears 32), and texts that are none (half of a character, as a cut-off emoji
 * leaves it: no table takes them as keys).
 */

/** Levels of objects and lists inside each other; nothing that people or libraries write has so many. */
export const MAX_LEVELS = 30;

/** Where something lies deeper than `most` levels: the beginning of the path to it; undefined where nothing does. */
export function deepPlace(value: unknown, most: number = MAX_LEVELS): string | undefined {
  const path = deepPath(value, most);
  return path && [...path.slice(0, SHOWN), ...(path.length > SHOWN ? ['…'] : [])].join('.');
}

/** Steps of a path that are enough to find the place. */
const SHOWN = 4;

function deepPath(value: unknown, left: number): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (left === 0) return [];
  for (const key in value) {
    const path = deepPath((value as Record<string, unknown>)[key], left - 1);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

/** The value without what lies deeper; the very same where nothing does. */
export function shallow(value: unknown, most: number = MAX_LEVELS): unknown {
  return deepPath(value, most) === undefined ? value : copy(value, most, (text) => text);
}

/**
 * The value with a mark (U+FFFD) for each half of a character, and without members called `__proto__`, which programs
 * take for something else. Not for values that deepPlace() finds anything in.
 */
export const wellFormed = (value: unknown): unknown =>
  copy(value, Number.POSITIVE_INFINITY, (text) => text.toWellFormed());

/** Could JSON.stringify's text of a value tell of what wellFormed() mends? Mostly not, and this is found at once. */
export const mayBeIllFormed = (json: string): boolean => json.includes('\\ud') || json.includes('"__proto__"');

function copy(value: unknown, left: number, textOf: (text: string) => string): unknown {
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'object' || value === null) return value;
  if (left === 0) return '…';
  if (Array.isArray(value)) return value.map((item) => copy(item, left - 1, textOf));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key === '__proto__' ? [] : [[textOf(key), copy(item, left - 1, textOf)]],
    ),
  );
}

/** Where a text of the value holds half of a character; undefined where none does. Not for deep values. */
export function brokenText(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`;
    const found = key.isWellFormed() ? brokenText(item, place) : place;
    if (found !== undefined) return found;
  }
  return undefined;
}
