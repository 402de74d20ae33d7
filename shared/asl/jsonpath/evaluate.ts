/** Reading by JSONPath, and writing by a reference path (ResultPath). */
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Path, Step } from './parse.ts';

/** Thrown when a definite path leads nowhere. The message is the one AWS shows after "Invalid path '…' : ". */
export class PathNotFoundError extends Error {}
/** It ends behind the end of a list. */
export class BehindTheEndError extends PathNotFoundError {}
/** An index of something that is no list. */
export class NotAnArrayError extends PathNotFoundError {}

/** The value at a path: one value for a definite path, an array of all matches otherwise. Throws PathNotFoundError. */
export function readPath(root: Json, path: Path): Json {
  if (path.definite) return readDefinite(root, path);
  const [first] = path.steps;
  if (first?.kind === 'slice' && !Array.isArray(root))
    throw new PathNotFoundError(`Only an array can be sliced: ${path.text}`);
  const several = path.steps.slice(0, -1).find((step) => step.kind === 'property' && step.names.length > 1);
  if (several?.kind === 'property') throw new PathNotFoundError(onlyAtTheEnd(path, several));
  return matches(root, path.steps);
}

function readDefinite(root: Json, path: Path): Json {
  let value: Json = root;
  let place = '$';
  for (let i = 0; i < path.steps.length; i++) {
    const step = path.steps[i] as Step;
    if (step.kind === 'length') return lengthOf(value);
    if (step.kind === 'property' && step.names.length > 1) return picked(value, step.names);
    const key =
      step.kind === 'property' ? (step.names[0] as string) : step.kind === 'index' ? (step.indexes[0] as number) : '';
    const parent: Json = value;
    const found = member(parent, key);
    place += typeof key === 'number' ? `[${key}]` : `['${key}']`;
    if (found === undefined) throw notFound(parent, key, place, i === path.steps.length - 1);
    value = found;
  }
  return value;
}

/** The members of these names, of those that are there. */
function picked(value: Json, names: readonly string[]): JsonObject {
  const found: JsonObject = {};
  for (const name of names) {
    const own = member(value, name);
    if (own !== undefined) found[name] = own;
  }
  return found;
}

/** AWS's words for `$['a','b'].c`. */
function onlyAtTheEnd({ steps }: Path, step: Step & { kind: 'property' }): string {
  const before = steps
    .slice(0, steps.indexOf(step))
    .map((one) => (one.kind === 'property' ? `['${one.names[0]}']` : '[*]'));
  return `Multi properties can only be used as path leafs: $${before.join('')}[${step.names.map((name) => `'${name}'`).join(', ')}]`;
}

function notFound(parent: Json, key: string | number, place: string, last: boolean): PathNotFoundError {
  if (typeof key === 'number' && !Array.isArray(parent)) {
    const shown = JSON.stringify(parent);
    return new NotAnArrayError(`Filter: [${key}] can only be applied to arrays. Current context is: ${shown}`);
  }
  const why = missing(parent, key, place, last);
  return typeof key === 'number' && last ? new BehindTheEndError(why) : new PathNotFoundError(why);
}

function missing(parent: Json, key: string | number, place: string, last: boolean): string {
  if (typeof key === 'string' && !isObject(parent)) {
    return last && parent !== null && typeof parent === 'object'
      ? `No results for path: ${place}`
      : `Missing property in path ${place}`;
  }
  return last ? `No results for path: ${place}` : `Missing property in path ${place}`;
}

function member(value: Json, key: string | number): Json | undefined {
  if (typeof key === 'string') return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(value) ? value.at(key) : undefined;
}

function lengthOf(value: Json): Json {
  if (Array.isArray(value) || typeof value === 'string') return value.length;
  return isObject(value) ? Object.keys(value).length : null;
}

/** All values that the steps reach. */
export function matches(root: Json, steps: readonly Step[]): Json[] {
  let found: Json[] = [root];
  for (const step of steps) found = found.flatMap((value) => follow(value, step, root));
  return found;
}

function follow(value: Json, step: Step, root: Json): Json[] {
  switch (step.kind) {
    case 'property': {
      if (step.names.length > 1) return isObject(value) ? [picked(value, step.names)] : [];
      const found = member(value, step.names[0] as string);
      return found === undefined ? [] : [found];
    }
    case 'index':
      return step.indexes.map((index) => member(value, index)).filter((v) => v !== undefined);
    case 'slice':
      return Array.isArray(value) ? slice(value, step.from, step.to, step.by ?? 1) : [];
    case 'wildcard':
      return children(value);
    case 'scan':
      return [value, ...children(value).flatMap((child) => follow(child, step, root))];
    case 'filter':
      return (Array.isArray(value) ? value : [value]).filter((item) => step.filter(item, root));
    case 'length':
      return [lengthOf(value)];
  }
}

function slice(list: Json[], from: number | undefined, to: number | undefined, by: number): Json[] {
  const part = list.slice(from, to);
  return by > 1 ? part.filter((_, i) => i % by === 0) : part;
}

function children(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

/** Thrown when a ResultPath cannot be applied. */
export class PathWriteError extends Error {}

/** A copy of `target` with `value` put at a reference path; missing objects on the way are made. Throws PathWriteError. */
export function writePath(target: Json, path: Path, value: Json): Json {
  return put(target, path.steps, 0, value);
}

function put(target: Json | undefined, steps: readonly Step[], at: number, value: Json): Json {
  const step = steps[at];
  if (!step) return value;
  if (step.kind === 'index') {
    const index = step.indexes[0] as number;
    if (!Array.isArray(target) || index < 0 || index > target.length) {
      throw new PathWriteError(`Unable to apply step "${index}" to input "${JSON.stringify(target ?? null)}"`);
    }
    const copy = [...target];
    copy[index] = put(target[index], steps, at + 1, value);
    return copy;
  }
  if (step.kind !== 'property') throw new PathWriteError('A reference path names one place');
  const name = step.names[0] as string;
  if (target !== undefined && !isObject(target)) {
    throw new PathWriteError(`Unable to apply step "${name}" to input "${JSON.stringify(target)}"`);
  }
  const copy: JsonObject = { ...target };
  copy[name] = at + 1 === steps.length ? value : put(target?.[name], steps, at + 1, value);
  return copy;
}
