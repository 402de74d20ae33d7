/** The due moments of items, by key: the earliest is at hand, and a newer moment of a key replaces the older one. */
export interface DueHeap {
  set(key: string, at: number): void;
  delete(key: string): void;
  earliest(): number | undefined;
  /** Removes and gives the keys due at or before `now`. */
  take(now: number): string[];
  size(): number;
}

interface Entry {
  readonly key: string;
  readonly at: number;
}

export function createDueHeap(): DueHeap {
  const current = new Map<string, number>();
  /** A binary heap; entries that are no longer current are dropped when they come to the top. */
  let heap: Entry[] = [];

  const up = (index: number) => {
    const entry = heap[index] as Entry;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Entry;
      if (above.at <= entry.at) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  };
  const down = () => {
    const entry = heap[0] as Entry;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as Entry).at < (heap[child] as Entry).at) child++;
      if ((heap[child] as Entry).at >= entry.at) break;
      heap[index] = heap[child] as Entry;
      index = child;
    }
    heap[index] = entry;
  };
  const pop = () => {
    const last = heap.pop();
    if (heap.length === 0 || !last) return;
    heap[0] = last;
    down();
  };
  const tidy = () => {
    while (heap[0] && current.get(heap[0].key) !== heap[0].at) pop();
  };

  return {
    set(key, at) {
      if (current.get(key) === at) return;
      current.set(key, at);
      if (heap.length > 2 * current.size + 1000)
        heap = [...current].map(([k, a]) => ({ key: k, at: a })).sort((a, b) => a.at - b.at);
      else {
        heap.push({ key, at });
        up(heap.length - 1);
      }
    },
    delete: (key) => void current.delete(key),
    earliest() {
      tidy();
      return heap[0]?.at;
    },
    take(now) {
      const keys: string[] = [];
      for (tidy(); heap[0] && heap[0].at <= now; tidy()) {
        keys.push(heap[0].key);
        current.delete(heap[0].key);
        pop();
      }
      return keys;
    },
    size: () => current.size,
  };
}
