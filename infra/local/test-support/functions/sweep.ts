import { note, now } from './journal.ts';
import { due, put } from './tables.ts';

/** Notes who was due and takes the moment away. */
export async function handler(event: unknown, context: unknown) {
  const found = await due('due', new Date(now()).toISOString());
  note('sweep', { event, found: found.map((item) => item.pk) }, context);
  for (const item of found) await put('profiles', item.pk, item.sk);
  return { swept: found.length };
}
