/**
 * What a kind's lower() builds with. Fragments have open ends: a state goes on either to a state of the same fragment
 * or out through an outlet; names, arrows to other nodes, ids and error handling come later (link, emit). So a kind
 * never sees an ARN, a state name of another node, or a line of Amazon States Language.
 */

/** Where a state of a fragment goes on to. */
export type Next = { readonly outlet: string } | { readonly state: string };

/** One state of a fragment; `role` is unique within the fragment and names the state ("step", "wait", "route"). */
export type FragmentState =
  /** A call of a step handler that answers `{ outlet, until? }`. `next` is where it goes whatever the outlet. */
  | {
      readonly type: 'step';
      readonly role: string;
      readonly handler: 'decide' | 'perform';
      readonly passes: boolean;
      readonly next: Next;
    }
  /** A call of the await handler; goes on when somebody answers its token with `{ outlet, at }`, or after `seconds`. */
  | {
      readonly type: 'await';
      readonly role: string;
      readonly seconds: number;
      readonly timedOut: string;
      readonly next: Next;
    }
  /** Wait `seconds`, or until the instant that the step before answered; then the node is passed through `outlet`. */
  | {
      readonly type: 'wait';
      readonly role: string;
      readonly for: { readonly seconds: number } | { readonly until: 'answered' };
      readonly holds: Holding;
      readonly outlet: string;
    }
  /**
   * Routes on the outlet that the step before answered. With `later`, an answer with `until` goes to that state instead;
   * then it is here that the node is passed, not at the step.
   */
  | { readonly type: 'route'; readonly role: string; readonly outlets: readonly string[]; readonly later?: string }
  /** Waits until the instant that the step answered, then goes back to it; the node is not passed. */
  | { readonly type: 'pause'; readonly role: string; readonly holds: Holding; readonly next: Next }
  /** Decides by JSONata conditions, without a call; then the node is passed through that outlet. */
  | {
      readonly type: 'choose';
      readonly role: string;
      readonly rules: readonly { readonly when: string; readonly outlet: string }[];
      readonly otherwise: string;
    }
  /** A call of the perform handler that ends the enrolment; nothing follows. */
  | { readonly type: 'end'; readonly role: string };

/** How long customers stay here, in seconds; for the estimate and the one-year check. */
export interface Holding {
  readonly typical: number;
  readonly atMost: number;
}

export interface Fragment {
  /** Role of the first state. */
  readonly start: string;
  readonly states: readonly FragmentState[];
  /** Share of customers per outlet (0..1), where it is known; otherwise the estimate takes equal shares. */
  readonly shares?: Readonly<Record<string, number>>;
}

export interface Build {
  readonly node: string;
  /** The ids of the outlets, in order. */
  readonly outlets: readonly string[];
  /** decide() in a step handler; leaves through the outlet it answers. One transition, one more with several outlets. */
  readonly decide: () => Fragment;
  /** decide() and its effects in a step handler, then as decide. */
  readonly perform: () => Fragment;
  /**
   * As perform, for effects that may have to come later: while the answer has `until`, it waits until then and performs
   * again. One transition more than perform with one outlet; two for each time that it waits. `atMost` in seconds.
   */
  readonly performPatiently: (atMost: number) => Fragment;
  /** A plain wait: no call, one transition. */
  readonly wait: (seconds: number, outlet: string) => Fragment;
  /** decide() answers `until`; then a wait until that instant. */
  readonly waitUntil: (outlet: string, holds: Holding) => Fragment;
  /** decide() says what is awaited (or that it is already there); `timedOut` after `seconds`. */
  readonly await: (seconds: number, timedOut: string) => Fragment;
  /** By condition, in order, without a call. `shares` for the estimate. */
  readonly choose: (
    rules: readonly { readonly when: string; readonly outlet: string }[],
    otherwise: string,
    shares?: Readonly<Record<string, number>>,
  ) => Fragment;
  /** decide() answers an `end` effect; the enrolment ends. */
  readonly end: () => Fragment;
  /** JSONata for a number in [0, 1) that stays the same for this customer at this node, whatever is retried. */
  readonly lot: string;
}
