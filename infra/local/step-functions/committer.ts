/**
 * Commits in groups: everything asked for in one turn of the event loop goes into one transaction, and nobody gets an
 * answer before it is on disk. A piece of work must check before it writes: if it throws an AwsError it must have
 * written nothing. Any other error undoes the group, whose pieces are then run one by one, so that only the bad one fails.
 */
import { AwsError } from '../time-source.ts';
import type { Database } from './database.ts';

interface Piece {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

const MOST_AT_ONCE = 500;

export class Committer {
  private readonly db: Database;
  private readonly onUndone: () => void;
  private readonly onCommitted: () => void;
  private queue: Piece[] = [];
  private afterCommit: (() => void)[] = [];
  private scheduled = false;
  private closed = false;

  /** `onUndone`: what was kept in memory may no longer be what is on disk. `onCommitted`: new due moments may be there. */
  constructor(db: Database, onUndone: () => void, onCommitted: () => void) {
    this.onCommitted = onCommitted;
    this.db = db;
    this.onUndone = onUndone;
  }

  get busy(): boolean {
    return this.queue.length > 0;
  }

  /** Runs work in the next transaction; resolves to its result once that is committed. */
  submit<T>(work: () => T): Promise<T> {
    if (this.closed) return Promise.reject(new Error('The Step Functions service is closed'));
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: never) => void, reject });
      this.schedule();
    });
  }

  /** Called inside work: to be done once it is on disk. */
  after(action: () => void): void {
    this.afterCommit.push(action);
  }

  /** Commits what is waiting, now. */
  flush(): void {
    while (this.queue.length > 0) {
      const group = this.queue.splice(0, MOST_AT_ONCE);
      if (!this.tryGroup(group)) for (const piece of group) this.tryGroup([piece], true);
    }
  }

  close(): void {
    this.flush();
    this.closed = true;
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.closed) return;
      const group = this.queue.splice(0, MOST_AT_ONCE);
      if (group.length > 0 && !this.tryGroup(group)) for (const piece of group) this.tryGroup([piece], true);
      if (this.queue.length > 0) this.schedule();
    });
  }

  /** False when the group was undone and is to be tried one by one. */
  private tryGroup(group: Piece[], alone = group.length === 1): boolean {
    const answers: (() => void)[] = [];
    this.db.begin();
    try {
      for (const piece of group) {
        try {
          const value = piece.work() as never;
          answers.push(() => piece.resolve(value));
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          answers.push(() => piece.reject(error));
        }
      }
      this.db.commit();
    } catch (error) {
      this.db.rollback();
      this.afterCommit = [];
      this.onUndone();
      if (alone) for (const piece of group) piece.reject(error);
      return alone;
    }
    const actions = this.afterCommit;
    this.afterCommit = [];
    for (const answer of answers) answer();
    for (const action of actions) action();
    this.onCommitted();
    return true;
  }
}
