import type { LocalProblem } from '../local/problems.ts';
import { type Command, CommandError } from './command.ts';
import { sayBoth } from './say.ts';
import { stackClient } from './stack-client.ts';

interface DeadLetters {
  readonly counts: Record<string, number>;
  readonly items: readonly {
    queue: string;
    id: string;
    body: string;
    diedAt: string;
    receives: number;
    error: string;
    why: LocalProblem;
  }[];
}

/** So much of what it was is shown; all of it under /_local/dead-letters. */
const SHOWN = 300;

/** Lists what could not be delivered, and puts it back. */
export const deadLetters: Command = {
  name: 'dead-letters',
  summary: 'List what could not be delivered, or put it back into its queue',
  usage: ['dead-letters [--queue NAME]            list', 'dead-letters redrive [--queue NAME]    put back'],
  options: { queue: { type: 'string' } },
  async run({ positionals, values, consolePort }) {
    const queue = typeof values['queue'] === 'string' ? values['queue'] : undefined;
    const stack = stackClient(consolePort);
    if (positionals[0] === 'redrive') {
      const { redriven } = await stack.post<{ redriven: number }>('/_local/dead-letters/redrive', { queue });
      console.log(`${redriven} put back`);
      return 0;
    }
    if (positionals[0] !== undefined)
      throw new CommandError(
        {
          zh: `这里不认识「${positionals[0]}」。写 redrive，或什么都不写。`,
          en: `"${positionals[0]}" is not known here. Say redrive, or nothing.`,
        },
        'dead-letters-what',
      );
    const query = queue === undefined ? '' : `?queue=${encodeURIComponent(queue)}`;
    const { counts, items } = await stack.get<DeadLetters>(`/_local/dead-letters${query}`);
    if (Object.keys(counts).length === 0) console.log('There are no dead letters.');
    for (const [name, count] of Object.entries(counts)) console.log(`${name}: ${count}`);
    for (const { diedAt, queue, id, body, why } of items) {
      console.log(`  ${diedAt}  ${queue}  ${id}`);
      console.log(`    ${sayBoth(why.message)}\n    → ${sayBoth(why.next)}\n    ${body.slice(0, SHOWN)}`);
    }
    return 0;
  },
};
