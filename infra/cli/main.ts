import { parseArgs } from 'node:util';
import { StartError } from '../local/start-error.ts';
import { type Command, CommandError, DEFAULT_CONSOLE_PORT, DEFAULT_PORT } from './command.ts';
import { COMMANDS } from './commands.ts';

const SHARED = {
  port: { type: 'string' },
  'console-port': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs the command that the arguments name; resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    const asked = name === undefined || name === 'help' || name === '--help' || name === '-h';
    if (!asked) console.error(`There is no command named ${name}.\n`);
    (asked ? console.log : console.error)(overview());
    return asked ? 0 : 1;
  }
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...command.options, ...SHARED },
      allowPositionals: true,
    });
    if (values['help']) {
      console.log(usage(command));
      return 0;
    }
    return await command.run({
      values: values as Record<string, string | boolean | undefined>,
      positionals,
      port: portOf(values['port'], '--port', DEFAULT_PORT),
      consolePort: portOf(values['console-port'], '--console-port', DEFAULT_CONSOLE_PORT),
    });
  } catch (error) {
    if (!isForPeople(error)) throw error;
    console.error(error.message);
    return 1;
  }
}

function isForPeople(error: unknown): error is Error {
  if (error instanceof CommandError || error instanceof StartError) return true;
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

function portOf(value: unknown, option: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new CommandError(`${option} must be a port number, not ${String(value)}.`);
  return port;
}

const usage = (command: Command) =>
  `${command.summary}\n\n${command.usage.map((line) => `  npm run pergola -- ${line}`).join('\n')}`;

const overview = () =>
  [
    'The command line of Pergola 花径: npm run pergola -- COMMAND [options]',
    '',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(14)} ${command.summary}`),
    '',
    'A running stack is found at --port (4566) and --console-port (4000). More: npm run pergola -- COMMAND --help',
  ].join('\n');
