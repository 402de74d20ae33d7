/** Activities' work: offered as rows, taken by whoever polls first. */
import type { Effect } from '../../../shared/asl/index.ts';
import type { Service } from './service.ts';

export class ActivityBoard {
  private readonly service: Service;
  private readonly waiters: { activity: string; wake: () => void }[] = [];

  constructor(service: Service) {
    this.service = service;
  }

  /** How many poll now. */
  get polling(): number {
    return this.waiters.length;
  }

  /** Offers a task to an activity's workers; offering it again changes nothing. */
  offer(uid: string, effect: Effect): void {
    const { db, committer } = this.service;
    const { ticket, resource, parameters } = effect;
    void committer.submit(() => {
      if (!db.get('SELECT 1 FROM activities WHERE arn = ?', resource.arn)) return;
      if (db.get('SELECT 1 FROM activity_tasks WHERE uid = ? AND ticket = ?', uid, ticket)) return;
      db.run(
        'INSERT INTO activity_tasks (activity, uid, ticket, input) VALUES (?, ?, ?, ?)',
        resource.arn,
        uid,
        ticket,
        JSON.stringify(parameters),
      );
      committer.after(() => this.waiters.find((waiter) => waiter.activity === resource.arn)?.wake());
    });
  }

  /** Resolves when a task may be there for the activity, or after `ms` of real time. */
  offered(activity: string, ms: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const waiter = {
        activity,
        wake: () => {
          clearTimeout(timer);
          this.waiters.splice(this.waiters.indexOf(waiter), 1);
          resolve();
        },
      };
      const timer = setTimeout(() => waiter.wake(), ms);
      timer.unref();
      this.waiters.push(waiter);
    });
  }
}
