/**
 * What a state asks of its query language. Both languages answer the same questions, each with its own fields; those
 * that say how data flows through a state are read once, when the definition is compiled.
 */
import type { Json, JsonObject } from '../json.ts';
import type { RandomState } from '../random.ts';
import type { Watch } from '../watch.ts';

/** What expressions of one state can see. */
export interface Scope {
  readonly raw: JsonObject;
  /** The state's input as it came. */
  readonly input: Json;
  /** The context object; made when first asked for. */
  context(): Json;
  /** Variables, outer ones included. */
  vars(): JsonObject;
  readonly random: RandomState;
  readonly now: number;
  readonly watch: Watch | undefined;
}

export interface Outcome {
  output: Json;
  assigned?: JsonObject;
}

export type NumberKind = 'integer' | 'float';

/** The language of one state, with that state's fields. */
export interface QueryLanguage {
  readonly name: 'JSONPath' | 'JSONata';
  /**
   * True when a state's outcome follows from its input as it came and its result alone: no field narrows one, selects
   * from the other, assigns, or looks at anything else. Then `place` tells it.
   */
  readonly direct: boolean;
  /** The output of such a state that has a result. Without one, it is the input. */
  place(input: Json, result: Json): Json;
  /** No fewer bytes than that adds to the texts of both. */
  readonly placing: number;
  /** What the state works on: its input, narrowed by InputPath. */
  input(scope: Scope): Json;
  /** What is passed on: Parameters or Arguments; the effective input where neither stands. */
  parameters(scope: Scope, input: Json): Json;
  /** Result → output and variables. `result` undefined: the state made none (Choice, Wait, Succeed). */
  outcome(scope: Scope, input: Json, result: Json | undefined): Outcome;
  /** The same for a Choice rule, whose own Output and Assign count. */
  ruleOutcome(scope: Scope, input: Json, rule: JsonObject): Outcome;
  /** The same for a Catch. */
  caught(scope: Scope, catcher: JsonObject, error: Json): Outcome;
  /** A field that is a number, by value, expression or path. Undefined where the field is absent. */
  number(scope: Scope, input: Json, field: string, kind?: NumberKind): number | undefined;
  /** A field that is a text, by value, expression or path (or, in JSONPath, intrinsic). */
  text(scope: Scope, input: Json, field: string): string | undefined;
  /** A Map's items, and what each iteration gets of one. */
  items(scope: Scope, input: Json): Json[];
  item(scope: Scope, input: Json, value: Json): Json;
  /** Whether a Choice rule matches. */
  matches(scope: Scope, input: Json, rule: JsonObject): boolean;
  /** A template anywhere else (ItemBatcher.BatchInput, …). */
  template(scope: Scope, input: Json, value: Json, field: string): Json;
}
