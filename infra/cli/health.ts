import type { Command } from './command.ts';
import { stackClient } from './stack-client.ts';

/** Prints what the stack says of itself, and what waits for somebody to look; the exit code says whether it is ready. */
export const health: Command = {
  name: 'health',
  summary: 'Say whether the local stack is ready (exit code 0 when it is), and what went astray',
  usage: ['health'],
  async run({ consolePort }) {
    const stack = stackClient(consolePort);
    const [report, unmatched, letters] = await Promise.all([
      stack.get<{ ready: boolean }>('/_local/health'),
      stack.get<{ count: number }>('/_local/unmatched'),
      stack.get<{ counts: Record<string, number> }>('/_local/dead-letters?limit=1'),
    ]);
    const deadLetters = Object.values(letters.counts).reduce((sum, count) => sum + count, 0);
    console.log(JSON.stringify({ ...report, unmatched: unmatched.count, deadLetters }, null, 2));
    if (unmatched.count > 0)
      console.error(
        `${counted(unmatched.count, 'event')} reached no rule (a misspelt bus looks just so): http://127.0.0.1:${consolePort}/_local/unmatched says why.`,
      );
    if (deadLetters > 0)
      console.error(`${counted(deadLetters, 'message')} could not be delivered: npm run pergola -- dead-letters`);
    return report.ready ? 0 : 1;
  },
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
