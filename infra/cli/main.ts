import { parseArgs } from 'node:util';
import { StartError } from '../local/start-error.ts';
import { type Command, CommandError, DEFAULT_CONSOLE_PORT, DEFAULT_PORT } from './command.ts';
import { COMMANDS } from './commands.ts';
import { sayBoth } from './say.ts';

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
    if (!asked)
      console.error(`${sayBoth({ zh: `没有 ${name} 这个命令。`, en: `There is no command named ${name}.` })}\n`);
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
    const words = forPeople(error, command);
    if (words === undefined) throw error;
    console.error(words);
    return 1;
  }
}

/** What the person at the keyboard is told of an error that she can mend; undefined for mistakes of ours. */
function forPeople(error: unknown, command: Command): string | undefined {
  if (error instanceof CommandError || error instanceof StartError) return error.message;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (error instanceof TypeError && String(code).startsWith('ERR_PARSE_ARGS'))
    return `${sayBoth({ zh: `选项不对：${message}。用法：`, en: `An option is wrong: ${message}. It is called so:` })}\n\n${usage(command)}`;
  // A file or folder that is not there, is none, or is somebody else's; a disk that is full.
  if (typeof path === 'string' && /^E[A-Z]+$/.test(String(code)))
    return sayBoth({
      zh: `${path} 不能读写（${message}）。检查路径、权限和磁盘空间。`,
      en: `${path} cannot be read or written: ${message}. Check the path, its permissions and the room on the disk.`,
    });
  return undefined;
}

function portOf(value: unknown, option: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new CommandError(
      {
        zh: `${option} 须是端口号（0 到 65535），不能是 ${String(value)}。`,
        en: `${option} must be a port number (0 to 65535), not ${String(value)}.`,
      },
      'port',
    );
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
