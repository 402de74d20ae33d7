import { note } from './journal.ts';

/** Shows the request as it came. */
export async function handler(event: unknown, context: unknown) {
  note('web', event, context);
  return { statusCode: 201, headers: { 'x-shown': 'yes' }, cookies: ['a=1', 'b=2'], body: JSON.stringify(event) };
}
