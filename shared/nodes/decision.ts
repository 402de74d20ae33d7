import type { Trigger } from '../journey/schema.ts';
import type { TemplateKindId } from '../messages/index.ts';
import type { Stage } from '../stages.ts';
import type { TaskWay } from '../tasks/index.ts';
import type { Words } from '../words.ts';

/** Something to be done outside, as data. Safe to retry: steps/perform derives its id from enrolment, node and visit. */
export type Effect =
  | {
      readonly type: 'send';
      readonly channel: string;
      readonly template: MessageTemplate;
      /** She asked for it, or needs it (an order, a code): no cap counts it or holds it. */
      readonly transactional?: true;
      /** Held by a cap, it waits this long at most (ISO 8601 duration) until it may go; without it, it is skipped. */
      readonly waitAtMost?: string;
    }
  | { readonly type: 'tag'; readonly op: 'add' | 'remove'; readonly key: string }
  | { readonly type: 'stage'; readonly stage: Stage }
  | {
      /** Something for a member of staff to do; the node waits for its outcome. */
      readonly type: 'task';
      readonly way: TaskWay;
      /** Liquid, as messages are. */
      readonly title: string;
      readonly body?: string;
      /** The body is a text of this kind, for the person to send. */
      readonly kind?: TemplateKindId;
      /** Who is to do it: who looks after her, a person, a team; else whoever takes it. */
      readonly assign: { readonly to: 'owner' | 'person' | 'team' | 'anyone'; readonly who?: string };
      /** ISO 8601 durations, from now: until when it should be done, and when it is given up. */
      readonly due: string;
      readonly limit: string;
    }
  | { readonly type: 'end'; readonly outcome: 'goal' | 'exit' | 'completed'; readonly reason: string };

export interface MessageTemplate {
  /** Stable id for reports. */
  readonly id: string;
  readonly title?: string;
  /** Liquid; see shared/messages. */
  readonly body: string;
  /** What it is about; who has a tag that excludes one of these is not sent it. */
  readonly topics?: readonly string[];
}

/** How an effect came out: `done`, or `skipped` with the reason code of the stop that held it. */
export interface EffectOutcome {
  readonly type: Effect['type'];
  readonly outcome: 'done' | 'skipped';
  readonly reason?: string;
}

/** One thing awaited: when `on` happens the journey goes on through `outlet`. */
export interface Awaited {
  readonly outlet: string;
  readonly on: Trigger;
}

export type Decision =
  /** Perform the effects (if any), then leave through `outlet` (or through what kind.after says). */
  | { readonly type: 'go'; readonly outlet: string; readonly effects?: readonly Effect[]; readonly why?: Words }
  /** Wait until this instant (ISO 8601, UTC), then leave through `outlet`. */
  | { readonly type: 'until'; readonly instant: string; readonly outlet: string }
  /**
   * Wait for the first of these, after what the effects put (a task) is there; a time limit is the compiled state's own.
   */
  | { readonly type: 'await'; readonly for: readonly Awaited[]; readonly effects?: readonly Effect[] };

export type Send = Extract<Effect, { type: 'send' }>;

/** The messages that a node would send by this decision. */
export const sendsIn = (decision: Decision | undefined): readonly Send[] =>
  decision?.type === 'go' ? (decision.effects ?? []).filter((effect) => effect.type === 'send') : [];
