import type { Command } from './command.ts';
import { callLocal } from './local-api.ts';

/** Prints what the stack says of itself; the exit code says whether it is ready. */
export const health: Command = {
  name: 'health',
  summary: 'Say whether the local stack is ready (exit code 0 when it is)',
  usage: ['health'],
  async run({ consolePort }) {
    const report = await callLocal<{ ready: boolean }>(consolePort, 'health');
    console.log(JSON.stringify(report, null, 2));
    return report.ready ? 0 : 1;
  },
};
