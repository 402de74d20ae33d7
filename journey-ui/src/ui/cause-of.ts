/** What a cause says, and where in the code it was, if that is known. */
export interface Cause {
  readonly said?: string;
  readonly trace?: string;
}

/**
 * The cause of a failed step, taken apart: of a Lambda function it is JSON with the message and the calls that led
 * there (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html), of anything else a text as it is.
 */
export function causeOf(cause: string | undefined): Cause {
  if (cause === undefined || cause === '') return {};
  try {
    const { errorMessage, trace, stackTrace } = JSON.parse(cause);
    if (typeof errorMessage !== 'string') return { said: cause };
    const lines: unknown = trace ?? stackTrace;
    return { said: errorMessage, ...(Array.isArray(lines) && lines.length > 0 && { trace: lines.join('\n') }) };
  } catch {
    return { said: cause };
  }
}
