/** Gathers what TestState tells about a state's run. Its members are those of the API's InspectionData. */
import type { Json } from '../json.ts';
import type { Handled, Limit, Stage, Watch } from '../watch.ts';

/** JSON texts by stage, a Map's limits as numbers, and how a failure was handled. */
export interface InspectionData {
  [member: string]: string | number | Handled;
}

export class Inspection implements Watch {
  readonly context?: Json;
  readonly itemsRead?: Json[];
  failure: { error?: string; cause?: string } | undefined;
  private readonly shown: ReadonlySet<Stage>;
  private readonly data: InspectionData = {};
  private errorDetails: Handled = {};

  /** `shown`: the stages that the kind of state shows. */
  constructor(shown: readonly Stage[], given: { context?: Json; itemsRead?: Json[] }) {
    this.shown = new Set(shown);
    if (given.context !== undefined) this.context = given.context;
    if (given.itemsRead !== undefined) this.itemsRead = given.itemsRead;
  }

  stage(stage: Stage, value: Json): void {
    if (this.shown.has(stage)) this.data[stage] = JSON.stringify(value);
  }

  limit(limit: Limit, value: number): void {
    this.data[limit] = value;
  }

  failed(failure: { error?: string; cause?: string }): void {
    this.failure = failure;
  }

  handled(how: Handled): void {
    this.errorDetails = { ...this.errorDetails, ...how };
  }

  get caught(): boolean {
    return this.errorDetails.catchIndex !== undefined;
  }

  /** With the state's input as it was given. */
  told(input: string): InspectionData {
    const handled = Object.keys(this.errorDetails).length > 0;
    return { input, ...this.data, ...(handled && { errorDetails: this.errorDetails }) };
  }
}
