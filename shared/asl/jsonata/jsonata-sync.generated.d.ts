/** JSONata 2.0.6 without promises. See generate.ts. */
export interface SyncExpression {
  /**
   * Evaluates; `now` is what $now() and $millis() answer (ms), `most` how many nodes may be evaluated (default: any
   * number). Throws objects with `code` and `message`.
   */
  evaluate(input: unknown, bindings?: Record<string, unknown>, now?: number, most?: number): unknown;
  registerFunction(name: string, implementation: (...args: never[]) => unknown, signature?: string): void;
  assign(name: string, value: unknown): void;
  ast(): unknown;
}
declare function jsonata(expression: string): SyncExpression;
export default jsonata;
/** What is thrown when an expression needs more memory than AWS gives it. */
export declare function outOfMemory(): { message: string; stack: string };
