import { PACK_LANGUAGE } from '../../shared/packs/index.ts';
import type { Language } from '../../shared/words.ts';
import { startStack } from '../local/stack.ts';
import { type Command, CommandError } from './command.ts';

/** Runs the local AWS and the Console until it is stopped. */
export const start: Command = {
  name: 'start',
  summary: 'Run the local AWS and the Console (this is what npm start does)',
  usage: [
    'start [--fresh] [--data DIR] [--port 4566] [--console-port 4000]',
    '  --language zh|en            of the journeys that a new start brings (that of this terminal, else zh)',
  ],
  options: { fresh: { type: 'boolean' }, data: { type: 'string' }, language: { type: 'string' } },
  async run({ values, port, consolePort }) {
    const language = languageOf(values['language'], process.env);
    const began = performance.now();
    const stopped = Promise.withResolvers<number>();
    let close: (() => Promise<void>) | undefined;
    let asked = 0;
    const stop = () => {
      asked++;
      if (asked > 1) process.exit(130);
      if (!close) process.exit(130);
      console.log('\nStopping; what is under way may end first. (Ctrl-C again to stop at once: nothing is lost.)');
      close().then(() => stopped.resolve(0), stopped.reject);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);

    const stack = await startStack({
      data: typeof values['data'] === 'string' ? values['data'] : '.pergola',
      fresh: values['fresh'] === true,
      port,
      consolePort,
      language,
    });
    close = stack.close;
    const { urls } = stack;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`
Pergola 花径 is running (${seconds} s).

  Console      ${urls.console}
  AWS endpoint ${urls.endpoint}   DynamoDB, EventBridge, Step Functions, SQS and more, for any AWS SDK or CLI
  Data         ${stack.data}   (npm start -- --fresh begins anew)

Send a first event:

  curl -u local: ${urls.console}/v1/track -H 'content-type: application/json' \\
    -d '{"userId":"mei","event":"Order Completed","properties":{"total":88}}'

Let two weeks go by:

  npm run pergola -- clock +14d${consolePort === 4000 ? '' : ` --console-port ${new URL(urls.console).port}`}

Ctrl-C stops it; everything is kept.
`);
    return stopped.promise;
  },
};

/** As it was asked for, else English where the terminal speaks it. */
export function languageOf(asked: unknown, environment: Readonly<Record<string, string | undefined>>): Language {
  if (asked === 'zh' || asked === 'en') return asked;
  if (asked !== undefined) throw new CommandError(`--language is zh or en, not ${String(asked)}.`);
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('en') ? 'en' : PACK_LANGUAGE;
}
