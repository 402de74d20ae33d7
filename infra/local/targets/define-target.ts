/** A thing that rules and schedules call. One file per kind; the registry is index.ts. */
export interface TargetKind {
  /** The service in its ARN: `lambda`. */
  readonly service: string;
  /** As people call one: "a function". */
  readonly called: string;
  readonly usedBy: readonly Caller[];
  /** AWS wants a role for it. */
  readonly needsRole?: true;
  /** Members of a target that only this kind has. */
  readonly parameters?: readonly string[];
  /** What AWS says where such a target is refused. */
  refusal?(target: Readonly<Record<string, unknown>>, wording: Wording): string | undefined;
  /**
   * Hands something over. `now`: within the transaction of whoever sends, so it must neither wait nor write elsewhere.
   * `later`: after that is on disk. Throws Undelivered.
   */
  readonly hand:
    | { readonly when: 'now'; deliver(delivery: Delivery): void }
    | { readonly when: 'later'; deliver(delivery: Delivery): Promise<void> };
}

/** Who calls targets. */
export type Caller = 'rules' | 'schedules';

/** How EventBridge and Scheduler word the same refusal. */
export interface Wording {
  readonly caller: Caller;
  /** `Parameter(s) SqsParameters must be specified for target: mine.` */
  missing(parameter: string): string;
}

/** One thing for one target. It is JSON-able, since it may have to wait. */
export interface Delivery {
  readonly arn: string;
  /** What the target is given: JSON text, or any text where it takes that. */
  readonly input: string;
  /** The target as it was put. */
  readonly target: Readonly<Record<string, unknown>>;
  /** The same for every try of one delivery. */
  readonly id: string;
  /** The event behind it, for a bus. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** Where it comes from, as dead letters tell it: RULE_ARN or SCHEDULE_ARN, … */
  readonly origin: Readonly<Record<string, string>>;
  /** What a dead letter holds. */
  readonly letter: string;
}

/** A delivery that failed. `final`: trying again would not help. */
export class Undelivered extends Error {
  readonly code: string;
  readonly final: boolean;
  constructor(code: string, message: string, final: boolean) {
    super(message);
    this.name = 'Undelivered';
    this.code = code;
    this.final = final;
  }
}

/** The target does not exist: AWS does not try again. */
export const noResource = (message: string) => new Undelivered('NO_RESOURCE', message, true);
export const fromTarget = (message: string) => new Undelivered('ERROR_FROM_TARGET', message, false);
