import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stackClient } from '../../../infra/cli/stack-client.ts';
import { stackProcess } from '../../support/stack-process.ts';
import type { Figure } from './figure.ts';
import { dynoxideOf, memoryOf } from './processes.ts';

/** One row in so many has a birthday that is none. */
const WRONG = 1000;

/**
 * A CSV file of customers through the command line, the bus and `events/ingest` into the tables. The command is killed
 * (kill -9) at two fifths and begun again; at the end every sound row is a customer, and every wrong one is in the file of
 * errors. The memory of each process is told for each tenth of the rows that became customers.
 */
export async function importFile(folder: string, count: number): Promise<readonly Figure[]> {
  const data = join(folder, 'data');
  const file = join(folder, 'customers.csv');
  mkdirSync(folder, { recursive: true });
  for (const old of ['', '.pergola-import.json', '.errors.csv']) rmSync(file + old, { force: true });
  await writeRows(file, count);
  const stack = await stackProcess(data);
  await stack.start();
  const client = stackClient(stack.consolePort);
  const figures: Figure[] = [];
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const database = dynoxideOf(join(data, 'dynamodb.db'));
  const memory = (pid: number | undefined) => (pid === undefined ? 0 : (memoryOf(pid)?.now ?? 0));
  const figure = (what: string, note: string) => {
    figures.push({ what, seconds: seconds(), note });
    console.error(figures.at(-1));
  };
  try {
    let command = stack.begin('import', 'customers', file);
    let ended = once(command, 'exit');
    let killed = false;
    let tenth = 1;
    for (;;) {
      const { customers } = await client.get<{ customers: number }>('/api/segments');
      const done = doneLine(file);
      if (!killed && done > count * 0.4) {
        command.kill('SIGKILL');
        await ended;
        killed = true;
        figure('the command is killed', `at line ${doneLine(file)}, ${customers} customers so far`);
        command = stack.begin('import', 'customers', file);
        ended = once(command, 'exit');
      }
      for (; customers >= (count * tenth) / 10 - count / WRONG; tenth++) {
        const queued = await waiting(client);
        figure(
          `${tenth * 10} %`,
          `line ${done || count}; memory: command ${command.exitCode === null ? memory(command.pid) : 0}, stack ${memory(stack.pid())}, database ${memory(database)} MB; ${queued} events in the queue; files ${megabytes(data)} MB`,
        );
        if (tenth === 10) break;
      }
      if (tenth >= 10 && customers >= count - Math.floor(count / WRONG)) break;
      await pause(2000);
    }
    if (command.exitCode === null) await ended;
    const errors = readFileSync(`${file}.errors.csv`, 'utf8').trimEnd().split('\r\n').length - 1;
    if (errors !== Math.floor(count / WRONG)) throw new Error(`${errors} rows in the file of errors`);
    figure('all of it', `${Math.round(count / seconds())} rows a second, ${errors} of them in the file of errors`);
    return figures;
  } finally {
    await stack.stop();
  }
}

async function writeRows(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  out.write('客户ID,姓名,性别,城市,生日\n');
  for (let n = 1; n <= count; n++) {
    const born = n % WRONG === 0 ? '31/31/1990' : `19${60 + (n % 40)}-0${1 + (n % 9)}-1${n % 10}`;
    const line = `u${String(n).padStart(7, '0')},客户${n},${n % 2 ? '女' : '男'},${['上海', '北京', '杭州'][n % 3]},${born}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function doneLine(file: string): number {
  const noted = `${file}.pergola-import.json`;
  return existsSync(noted) ? (JSON.parse(readFileSync(noted, 'utf8')) as { doneLine: number }).doneLine : 0;
}

async function waiting(client: ReturnType<typeof stackClient>): Promise<number> {
  const { queues } = await client.get<{ queues: Record<string, { waiting: number; inFlight: number }> }>(
    '/_local/health',
  );
  return Object.values(queues).reduce((sum, queue) => sum + queue.waiting + queue.inFlight, 0);
}

const megabytes = (data: string): number =>
  Math.round(
    ['dynamodb.db', 'stack.db']
      .map((name) => join(data, name))
      .reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0) / 1e6,
  );
