/** What the HTTP API answers (docs/contracts.md). */
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { Journey } from '../../../shared/journey/index.ts';
import type { Stage } from '../../../shared/stages.ts';
import type { Language, Words } from '../../../shared/words.ts';

export interface JourneyItem {
  readonly id: string;
  readonly name: string;
  readonly status: 'draft' | 'live' | 'paused';
  readonly stage?: Stage;
  readonly liveVersion?: number;
  readonly draftRevision: number;
  readonly updatedAt: string;
  readonly active: number;
  readonly entered: number;
}

export interface Draft {
  readonly document: Journey;
  readonly revision: number;
  readonly updatedAt: string;
}

export interface JourneyRecord {
  readonly id: string;
  readonly status: JourneyItem['status'];
  readonly draft: Draft;
  readonly versions: readonly JourneyVersion[];
  readonly liveVersion?: number;
}

export interface JourneyVersion {
  readonly version: number;
  readonly publishedAt: string;
  readonly versionArn?: string;
  readonly author?: string;
  readonly note?: string;
  /** The version that it brought back. */
  readonly of?: number;
}

export interface VersionRecord {
  readonly document: Journey;
  readonly asl: unknown;
}

export interface CheckAnswer {
  readonly diagnostics: readonly Diagnostic[];
  readonly asl?: unknown;
  readonly estimate?: Readonly<Record<string, unknown>>;
}

export interface LiveCounts {
  readonly version: number;
  readonly entered: number;
  readonly active: number;
  readonly nodes: Readonly<Record<string, { here: number; arrived: number; passed: Readonly<Record<string, number>> }>>;
  readonly ended: Readonly<Record<string, number>>;
}

export type EnrolmentStatus = 'active' | 'completed' | 'goal' | 'exited' | 'failed' | 'stopped';

export interface Enrolment {
  readonly id: string;
  readonly journey: string;
  readonly version: number;
  readonly customer: string;
  /** What she is called, in lists. */
  readonly name?: string;
  readonly status: EnrolmentStatus;
  readonly enteredAt: string;
  readonly cause?: {
    readonly type: string;
    readonly name: string;
    readonly at?: string;
    readonly messageId?: string;
    readonly properties?: unknown;
  };
  readonly executionArn?: string;
  readonly at?: string;
  /** What the node is called where she waits or where it failed; in lists. */
  readonly stands?: Words;
  readonly path?: Readonly<Record<string, { outlet: string; at: string }>>;
  /** A message that waits at a cap. */
  readonly held?: {
    readonly node: string;
    readonly since: string;
    readonly until: string;
    readonly reason: string;
    readonly why: Words;
  };
  readonly endedAt?: string;
  readonly end?: { readonly outcome: string; readonly reason: string };
}

export interface RunStep {
  readonly node?: string;
  readonly state: string;
  readonly type: string;
  readonly enteredAt: string;
  readonly exitedAt?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly outlet?: string;
  readonly retries?: number;
  readonly waitingUntil?: string;
}

export interface HistoryEvent {
  readonly id?: number;
  readonly type?: string;
  readonly timestamp?: string;
  readonly [key: string]: unknown;
}

export interface Run {
  readonly enrolment: Enrolment;
  readonly document: Journey;
  readonly status: string;
  readonly steps: readonly RunStep[];
  readonly history: readonly HistoryEvent[];
  readonly executionArn?: string;
}

export interface CustomerItem {
  readonly id: string;
  readonly name?: string;
  readonly stage?: Stage;
  readonly tags: readonly string[];
  readonly lastSeenAt?: string;
}

export interface HeldTag {
  readonly key: string;
  readonly name: Words;
  readonly category: string;
  readonly since: string;
  /** By the newest event that its rule counts; when she got it, if none has come since. */
  readonly confirmedAt?: string;
  readonly until?: string;
  readonly evidence: readonly string[];
  readonly rule: number;
  /** Given by hand or by a journey; only such a tag can be taken away by hand. */
  readonly manual?: boolean;
  readonly why?: Words;
}

export interface Customer {
  readonly id: string;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly stage?: Stage;
  readonly tags: readonly HeldTag[];
  readonly segments?: readonly {
    readonly id: string;
    readonly name: Words;
    readonly since: string;
    readonly why: Words;
    /** Of those of its family that she is in, the one that counts. */
    readonly belongs: boolean;
  }[];
  readonly firstSeenAt?: string;
  readonly lastSeenAt?: string;
  readonly dueAt?: string;
  /** Lower numbers of caps that she is under. */
  readonly underTouched?: readonly { readonly why: Words }[];
  readonly identity: { readonly merged: readonly OtherId[]; readonly apart: readonly OtherId[] };
}

/** Another id: merged into hers, or (with an `owner`) somebody else's. */
export interface OtherId {
  readonly id: string;
  readonly at: string;
  readonly messageId: string;
  readonly event: string;
  readonly through?: string;
  readonly owner?: string;
  /** Who separated it from another customer by hand. */
  readonly by?: string;
  /** The rule. */
  readonly why: Words;
}

export interface TimelineItem {
  readonly at: string;
  readonly type: string;
  readonly [key: string]: unknown;
}

export interface Message {
  readonly id: string;
  readonly customer: string;
  /** What she is called, in the inbox. */
  readonly name?: string;
  readonly channel: string;
  readonly status: 'claimed' | 'sent' | 'suppressed' | 'failed';
  readonly reason?: string;
  /** What the service says of this very case. */
  readonly why?: Words;
  readonly title?: string;
  readonly body?: string;
  readonly at: string;
  readonly journey: string;
  readonly version?: number;
  readonly node?: string;
  readonly enrolment?: string;
}

export interface TagItem {
  readonly key: string;
  readonly name: Words;
  readonly category: string;
  readonly purpose?: Words;
  readonly when?: unknown;
  readonly sticky?: boolean;
  readonly manual?: boolean;
  readonly ttl?: string;
  readonly group?: string;
  readonly family?: { readonly by: string; readonly bound: number };
  readonly infer?: unknown;
  readonly excludes?: readonly string[];
  /** Its rule as a sentence. */
  readonly rule: Words;
  readonly count?: number;
}

export interface RejectedEvent {
  readonly at: string;
  readonly id?: string;
  readonly source?: string;
  readonly detailType?: string;
  readonly detail?: unknown;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface PackItem {
  readonly id: string;
  readonly name: Words;
  readonly description?: Words;
  readonly journeys?: readonly { readonly id: string; readonly name: Words }[];
  readonly tags?: number | readonly unknown[];
  readonly segments?: number | readonly unknown[];
  readonly installed?: boolean;
  /** Of its journeys. */
  readonly language?: Language;
  /** A newer version than the one installed. */
  readonly update?: boolean;
}
