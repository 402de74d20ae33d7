import { note } from './journal.ts';

interface Wish {
  readonly say?: unknown;
  readonly fail?: string;
  readonly hang?: boolean;
  /** Printed as a library's logger prints: past what a test runner does to `console`. */
  readonly print?: string;
}

/** Answers, prints, throws or never ends, as it is told. */
export async function handler(event: Wish, context: unknown) {
  note('step', event, context);
  if (event.print !== undefined) {
    await new Promise((resolve) => setImmediate(resolve));
    process.stdout.write(`${event.print}\n`);
  }
  if (event.hang) await new Promise(() => {});
  if (event.fail) throw Object.assign(new Error(event.fail), { name: 'Pergola.Ended' });
  return { said: event.say };
}
