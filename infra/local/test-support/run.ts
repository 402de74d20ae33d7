import { startStack } from '../stack.ts';
import { STAND_IN_ROOT, STAND_INS } from './functions.ts';

/** A stack in a process of its own, to be killed: `node run.ts DATA PORT CONSOLE_PORT`. Prints the pid of dynoxide. */
const [, , data = '', port = '0', consolePort = '0'] = process.argv;
const stack = await startStack({
  data,
  port: Number(port),
  consolePort: Number(consolePort),
  functions: STAND_INS,
  root: STAND_IN_ROOT,
  console: false,
  pack: false,
  quiet: true,
  region: 'us-east-1',
});
console.log(`started ${stack.pids().dynoxide}`);
