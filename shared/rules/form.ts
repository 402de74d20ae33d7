/**
 * How a memory is written down: as few bytes as it takes, since they are read and written with every event. Times and
 * event ids recur all over a customer's record, so each is written once and named by a small number from then on.
 */

/** Takes a time (ms) or a text and gives the whole number by which it is known; that of a text may be below 0. */
export interface Pen {
  readonly time: (ms: number) => number;
  readonly text: (text: string) => number;
}

/** Gives back what a pen has written. */
export interface Book {
  readonly time: (ref: number) => number;
  readonly text: (ref: number) => string;
}

/** `unpack(pack(m))` equals m. What `pack` gives is JSON, and never null or 0, which mean that there is no memory. */
export interface Form<M> {
  readonly pack: (memory: M, pen: Pen) => unknown;
  readonly unpack: (packed: unknown, book: Book) => M;
}
