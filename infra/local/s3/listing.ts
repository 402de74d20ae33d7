import type { ObjectStore, StoredObject } from './object-store.ts';

export interface Listing {
  readonly objects: readonly StoredObject[];
  /** What keys begin with up to the delimiter, each once. */
  readonly prefixes: readonly string[];
  /** Where the next page goes on: after this key. Absent when there is no more. */
  readonly next?: string;
}

/** Greater than every key that begins with a common prefix. */
const LAST = '\u{10FFFF}';

/** One page of a bucket: objects and common prefixes together at most `most`, in the order of their keys. */
export function listObjects(
  store: ObjectStore,
  options: { bucket: string; prefix: string; delimiter: string; after: string; most: number },
): Listing {
  const { bucket, prefix, delimiter, most } = options;
  const objects: StoredObject[] = [];
  const prefixes: string[] = [];
  let { after } = options;
  while (objects.length + prefixes.length < most) {
    const [object] = store.list(bucket, prefix, after, 1);
    if (!object) return { objects, prefixes };
    const at = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    if (at < 0) {
      objects.push(object);
      after = object.key;
    } else {
      const common = object.key.slice(0, at + delimiter.length);
      prefixes.push(common);
      // The rest of what begins so is this one entry.
      after = common + LAST;
    }
  }
  const more = most > 0 && store.list(bucket, prefix, after, 1).length > 0;
  return more ? { objects, prefixes, next: after } : { objects, prefixes };
}
