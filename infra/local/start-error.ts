/** Why the stack cannot start: one sentence for the person at the keyboard, without a stack trace. */
export class StartError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
    this.code = code;
  }
}
