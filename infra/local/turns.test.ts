import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

/** Keeps the thread busy, as the answer to a call does. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a crowd of calls from outside', () => {
  it('leaves the stack its own turns, and is served in its order', async () => {
    const turns = createTurns(2);
    const served: number[] = [];
    let own = 0;
    const step = (): void => {
      own++;
      if (served.length < 200) setImmediate(step);
    };
    setImmediate(step);
    await new Promise<void>((resolve) => {
      for (let n = 0; n < 200; n++) {
        turns.take(() => {
          work(1);
          served.push(n);
          if (n === 199) resolve();
        });
      }
    });
    expect(served).toEqual(Array.from({ length: 200 }, (_, n) => n));
    // Two calls of a millisecond fill a turn; all at once they would leave none.
    expect(own).toBeGreaterThanOrEqual(60);
  });

  it('does not wait when nobody is there', () => {
    let begun = false;
    createTurns().take(() => {
      begun = true;
    });
    expect(begun).toBe(true);
  });
});
