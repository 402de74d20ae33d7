/** The calls of tasks: made in order, so many at a time, and answered by a step of the execution that asked. */
import type { Effect, ExecutionState, Stimulus } from '../../../shared/asl/index.ts';
import type { Service } from './service.ts';
import { type Call, TaskError } from './tasks/define-task.ts';

/** Calls whose parameters are kept while they wait for their turn; later ones are read again when it comes. */
const KEPT_CALLS = 1_000;

interface Waiting {
  uid: string;
  ticket: number;
  call?: Call;
}

/** What is to be called, for an execution's effect. */
export function callOf(state: ExecutionState, { ticket, resource, parameters }: Effect): Call {
  return {
    uid: state.id,
    ticket,
    executionArn: state.execution.Id,
    stateMachineArn: state.machine.Id,
    resource,
    parameters,
  };
}

export class Calls {
  private readonly service: Service;
  private readonly read: (uid: string, ticket: number) => Call | undefined;
  private readonly queue: Waiting[] = [];
  private head = 0;
  private running = 0;
  private closed = false;

  /** `read` finds a waiting call again; undefined when nobody waits for it any more. */
  constructor(service: Service, read: (uid: string, ticket: number) => Call | undefined) {
    this.service = service;
    this.read = read;
  }

  /** True while calls run (but for `idle` of them, which only poll) or wait for their turn. */
  busy(idle: number): boolean {
    return this.running > idle || this.queue.length > this.head;
  }

  add(call: Call): void {
    const { uid, ticket } = call;
    this.queue.push(this.queue.length - this.head < KEPT_CALLS ? { uid, ticket, call } : { uid, ticket });
  }

  /** Makes calls while there is room for more. */
  pump(): void {
    const most = this.service.options.concurrency ?? 64;
    while (!this.closed && this.running < most && this.head < this.queue.length) {
      const entry = this.queue[this.head++] as Waiting;
      const call = entry.call ?? this.read(entry.uid, entry.ticket);
      if (!call) continue;
      this.running++;
      void this.carryOut(call).finally(() => {
        this.running--;
        this.pump();
        if (this.running === 0) this.service.options.clock.changed();
      });
    }
    if (this.head === this.queue.length) {
      this.queue.length = 0;
      this.head = 0;
    } else if (this.head > 10_000) {
      this.queue.splice(0, this.head);
      this.head = 0;
    }
  }

  private async carryOut(call: Call): Promise<void> {
    const { committer } = this.service;
    const { uid, ticket, resource } = call;
    let stimulus: Stimulus;
    try {
      const output = await this.service.perform(call);
      if (resource.pattern === 'job') return;
      stimulus = { kind: resource.pattern === 'callback' ? 'taskSubmitted' : 'taskSucceeded', ticket, output };
    } catch (error) {
      if (this.closed) return;
      const { error: name, cause } =
        error instanceof TaskError ? error : new TaskError('States.TaskFailed', String(error));
      stimulus = {
        kind: 'taskFailed',
        ticket,
        ...(name !== undefined && { error: name }),
        ...(cause !== undefined && { cause }),
      };
    }
    if (this.closed) return;
    await committer.submit(() => this.service.engine.tell(uid, stimulus));
  }

  /** No more calls; answers that come now are dropped, and their calls made again by whoever opens the file next. */
  close(): void {
    this.closed = true;
  }
}
