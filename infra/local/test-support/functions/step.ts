import { note } from './journal.ts';

/** Answers, throws or never ends, as it is told. */
export async function handler(event: { say?: unknown; fail?: string; hang?: boolean }, context: unknown) {
  note('step', event, context);
  if (event.hang) await new Promise(() => {});
  if (event.fail) throw Object.assign(new Error(event.fail), { name: 'Pergola.Ended' });
  return { said: event.say };
}
