import { type Command, CommandError } from './command.ts';
import { stackClient } from './stack-client.ts';

interface DeadLetters {
  readonly counts: Record<string, number>;
  readonly items: readonly { queue: string; id: string; diedAt: string; receives: number; error: string }[];
}

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
      throw new CommandError(`"${positionals[0]}" is not known here. Say redrive, or nothing.`);
    const query = queue === undefined ? '' : `?queue=${encodeURIComponent(queue)}`;
    const { counts, items } = await stack.get<DeadLetters>(`/_local/dead-letters${query}`);
    if (Object.keys(counts).length === 0) console.log('There are no dead letters.');
    for (const [name, count] of Object.entries(counts)) console.log(`${name}: ${count}`);
    for (const item of items)
      console.log(`  ${item.diedAt}  ${item.queue}  ${item.id}  after ${item.receives} tries: ${item.error}`);
    return 0;
  },
};
