/** A clock that jumps from due moment to due moment, letting everything settle in between. */
import type { Clock, TimeSource } from '../../infra/local/time-source.ts';

export class TestClock implements Clock {
  private at: number;
  private readonly sleepers: { until: number; wake: () => void }[] = [];
  readonly sources: TimeSource[] = [];

  constructor(start: number) {
    this.at = start;
  }

  now(): number {
    return this.at;
  }

  changed(): void {}

  /** Lets so much time pass without firing anything. */
  advance(ms: number): void {
    this.at += ms;
  }

  /** Resolves when the clock has moved on by so much. */
  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ until: this.at + ms, wake }));
  }

  /** Waits until nothing goes on any more but what sleeps on this clock. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      quiet = this.sleepers.length > 0 || !this.sources.some((source) => source.busy()) ? quiet + 1 : 0;
    }
  }

  /** Goes on to the next due moment. False when nothing is due (or only after `until`). */
  async jump(until = Number.POSITIVE_INFINITY): Promise<boolean> {
    await this.settle();
    const moments = [
      ...this.sources.map((source) => source.nextDue() ?? Number.POSITIVE_INFINITY),
      ...this.sleepers.map((sleeper) => sleeper.until),
    ];
    const next = Math.min(...moments);
    if (next > until || next === Number.POSITIVE_INFINITY) return false;
    this.at = Math.max(this.at, next);
    for (const source of this.sources)
      if ((source.nextDue() ?? Number.POSITIVE_INFINITY) <= this.at) await source.fireDue(this.at);
    for (const sleeper of this.sleepers.filter((one) => one.until <= this.at)) {
      this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
      sleeper.wake();
    }
    await this.settle();
    return true;
  }
}
