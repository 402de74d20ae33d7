/**
 * Lets in by turns what comes from outside, so that the stack's own work (handlers at their calls, streams, timers) goes
 * on however much comes at once: all of it shares one thread, and ten thousand calls answered in one go are ten seconds
 * in which no handler gets its own answers.
 */
export interface Turns {
  /** Begins `work` now, or in a later turn of the event loop; in the order of asking. */
  take(work: () => void): void;
}

/** @param slice how much of a turn of the event loop (ms) may go to what comes from outside */
export function createTurns(slice = 4): Turns {
  const waiting: (() => void)[] = [];
  let spent = 0;
  let counting = false;

  function begin(work: () => void): void {
    if (!counting) {
      counting = true;
      setImmediate(() => {
        counting = false;
        spent = 0;
        while (waiting.length > 0 && spent < slice) begin(waiting.shift()!);
      });
    }
    const began = performance.now();
    work();
    spent += performance.now() - began;
  }

  return {
    take(work) {
      if (waiting.length === 0 && spent < slice) begin(work);
      else waiting.push(work);
    },
  };
}
