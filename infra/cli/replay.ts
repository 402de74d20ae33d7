import { existsSync } from 'node:fs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SingleBar } from 'cli-progress';
import { DateTime } from 'luxon';
import { type Command, CommandError } from './command.ts';
import { readJsonFile } from './read-json-file.ts';
import { withHeldClock } from './replay/held-clock.ts';
import { installRules } from './replay/install-rules.ts';
import { putInTimeOrder, type ReplayClock } from './replay/put-in-time-order.ts';
import { readOrdersFile } from './replay/read-orders-file.ts';
import { tenantReport } from './replay/report.ts';
import { type StackClient, stackClient } from './stack-client.ts';

const SOURCE = 'replay.orders';

/** Puts past orders on the bus in the order of time and moves the clock along with them. */
export const replay: Command = {
  name: 'replay',
  summary: 'Replay past orders through the running stack, moving its clock along',
  usage: [
    'replay orders FILE.csv[.gz]   lines of an Online Retail file, see docs/replay.md',
    '  --rules FILE                tags to install first (a ruleset, JSON)',
    '  --until INSTANT             move the clock on to there at the end',
    '  --report                    print one JSON object at the end',
  ],
  options: { rules: { type: 'string' }, until: { type: 'string' }, report: { type: 'boolean' } },
  async run({ positionals, values, port, consolePort }) {
    const [what, path, ...more] = positionals;
    if (what !== 'orders' || path === undefined || more.length > 0) {
      throw new CommandError(
        {
          zh: '写明重放什么：npm run pergola -- replay orders 文件.csv[.gz]',
          en: 'Say what to replay: npm run pergola -- replay orders FILE.csv[.gz]',
        },
        'replay-what',
      );
    }
    const rules = values['rules'] === undefined ? undefined : readJsonFile(String(values['rules']));
    const until = values['until'] === undefined ? undefined : instantOf(String(values['until']));
    const read = await readOrdersFile(existing(path)).catch((cause: Error) => {
      throw new CommandError(
        {
          zh: `${path} 不能当作订单读取（${cause.message}）。格式见 docs/replay.md。`,
          en: `${path} cannot be read as orders: ${cause.message}. docs/replay.md gives the form.`,
        },
        'replay-file',
        { cause },
      );
    });

    const stack = stackClient(consolePort);
    if (rules !== undefined) await installRules(stack, rules);
    const bus = new EventBridgeClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: process.env['AWS_REGION'] ?? 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    // Put together anew for each of thousands of calls, and nobody reads it here.
    bus.middlewareStack.remove('getUserAgentMiddleware');
    return withHeldClock(stack, async (clock, signal) => {
      await holdAtTheBeginning(stack, clock, read.messages[0]?.timestamp);
      const bar = new SingleBar({
        format: '{bar} {value}/{total} events · {eta_formatted} left',
        noTTYOutput: true,
        notTTYSchedule: 5000,
      });
      bar.start(read.messages.length, 0);
      signal.addEventListener('abort', () => bar.stop());
      const onProgress = (put: number): void => {
        signal.throwIfAborted();
        bar.update(put);
      };
      await putInTimeOrder(read.messages, SOURCE, bus, await clock.now(), onProgress).finally(() => bar.stop());
      // A move to where the clock stands already waits for what the last events set going.
      const end = Math.max(await clock.now(), until === undefined ? 0 : Date.parse(until));
      await clock.moveTo(new Date(end).toISOString());

      if (values['report'] !== true) return;
      const { lines, linesWithoutCustomer, orders, refunds, customers } = read;
      const report = {
        file: path,
        until: new Date(end).toISOString(),
        events: { put: orders + refunds, orders, refunds },
        lines: { read: lines, withoutCustomer: linesWithoutCustomer },
        customers,
        ...(await tenantReport(stack.get)),
      };
      console.log(JSON.stringify(report, null, 2));
    });
  },
};

/** Time stands still from the first order on; before it, nothing of the file has happened. */
async function holdAtTheBeginning(stack: StackClient, clock: ReplayClock, first: string | undefined): Promise<void> {
  if (first === undefined) return;
  try {
    await clock.moveTo(first);
  } catch (error) {
    // A used clock does not go back. That is as it should be where a replay goes on or comes a second time.
    if (!(error instanceof CommandError) || error.code !== 'ClockCannotGoBack') throw error;
    const { now } = await stack.post<{ now: string }>('/_local/clock', { freeze: true });
    console.error(
      `The clock is at ${now}, past the file's first event (${first}): fine when this goes on with or repeats an earlier replay of the same file; otherwise start the stack with --fresh.`,
    );
  }
}

function existing(path: string): string {
  if (!existsSync(path))
    throw new CommandError(
      { zh: `没有 ${path} 这个文件。检查路径。`, en: `There is no file ${path}. Check the path.` },
      'file-missing',
    );
  return path;
}

function instantOf(text: string): string {
  const instant = DateTime.fromISO(text, { zone: 'utc' });
  if (!instant.isValid)
    throw new CommandError(
      {
        zh: `--until：「${text}」不是时刻。写 2011-04-01T00:00:00Z 这样的。`,
        en: `--until: "${text}" is no instant. Say 2011-04-01T00:00:00Z.`,
      },
      'replay-until',
    );
  return instant.toUTC().toISO();
}
