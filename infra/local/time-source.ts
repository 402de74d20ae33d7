/**
 * How parts of the local stack take part in time. The clock (clock.ts) asks every source for its next due moment, jumps
 * there, lets each fire, waits until everything has settled, and only then goes on: so moving the clock by 15 days fires
 * every due thing in order, each at its own moment.
 *
 * All instants are milliseconds since the epoch, on the stack's own clock.
 */
export interface TimeSource {
  readonly name: string;
  /** The next moment at which this source wants to act, or undefined when nothing is pending. Must be cheap. */
  nextDue(): number | undefined;
  /** Fires everything due at or before `now`. It may start work that goes on afterwards (then busy() says so). */
  fireDue(now: number): void | Promise<void>;
  /** True while work started by this source is still under way. */
  busy(): boolean;
  /** Names the work under way, for the message that says why time does not settle. */
  working?(): readonly string[];
}

export interface Clock {
  /** Now, in ms since the epoch, on the stack's clock. */
  now(): number;
  /** Sources call this when work ended or a new due moment appeared, so that the clock looks again. */
  changed(): void;
}

/** Invokes a hosted Lambda function by ARN, alias ARN or name with a JSON-able payload. */
export interface LambdaHost {
  /** Resolves to what the handler returned (JSON), or to the error it threw, shaped as Lambda shapes it. */
  invoke(functionNameOrArn: string, payload: unknown): Promise<LambdaResult>;
}

/** A host that takes a payload as the JSON text that it is on the way to a function. */
export interface TextHost {
  invokeText(functionNameOrArn: string, json: string): Promise<LambdaResult>;
}

export type LambdaResult =
  | { ok: true; payload: unknown }
  | {
      ok: false;
      errorType: string;
      errorMessage: string;
      trace?: string[];
      /** The error document as the runtime wrote it, where it is not Node's `{ errorType, errorMessage, trace }`. */
      payload?: Record<string, unknown>;
    }
  | { ok: false; notFound: true };

/**
 * One AWS service behind the endpoint. `operation` is what follows the dot in X-Amz-Target ("StartExecution"); `body`
 * is the parsed JSON request. Returns the JSON answer; throws AwsError for an answer AWS would give as an error.
 */
export interface AwsService {
  /** The X-Amz-Target prefix, e.g. "AWSStepFunctions", "AWSEvents". */
  readonly target: string;
  handle(operation: string, body: Record<string, unknown>): Promise<unknown>;
}

/** An error answer in AWS's own form: `code` becomes __type, `status` the HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly extra: Record<string, unknown>;
  /** The code of the older Query protocol where it is another one: AWS.SimpleQueueService.NonExistentQueue. */
  readonly queryCode: string | undefined;
  constructor(code: string, message: string, status = 400, extra: Record<string, unknown> = {}, queryCode?: string) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.extra = extra;
    this.queryCode = queryCode;
  }
}
