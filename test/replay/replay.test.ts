import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOrdersFile } from '../../infra/cli/replay/read-orders-file.ts';
import { sharedFile } from '../support/shared-data.ts';
import { type StackProcess, stackProcess } from '../support/stack-process.ts';
import { dormancyOf } from './oracle.ts';

const FILE = sharedFile('data', 'online-retail', '2010-12_2011-03.csv.gz');
const UNTIL = '2011-04-01T00:00:00Z';

/*
 * Four months of a real shop through the whole product: events on the bus, tags, the dormancy journey, messages. The
 * numbers of tags are those counted straight from the file by somebody else; those of the journey come from oracle.ts.
 */
describe.skipIf(FILE === undefined)('a shop replays four months of orders', { timeout: 1_500_000 }, () => {
  const data = mkdtempSync(join(tmpdir(), 'pergola-replay-'));
  let stack: StackProcess;
  const replay = async () => {
    const rules = ['--rules', 'test/data/online-retail.tags.json'];
    const answer = await stack.pergola('replay', 'orders', FILE!, ...rules, '--until', UNTIL, '--report');
    expect(answer.code, answer.stderr).toBe(0);
    return JSON.parse(answer.stdout);
  };

  beforeAll(async () => {
    stack = await stackProcess(data);
    await stack.start();
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('tags every customer exactly, and the dormancy journey runs each time somebody falls silent', async () => {
    const began = Date.now();
    const report = await replay();
    console.log(`four months were replayed in ${Math.round((Date.now() - began) / 1000)} s`);
    expect(report.events).toEqual({ put: 5765, orders: 4706, refunds: 1059 });
    expect(report.lines.read).toBe(142_083);
    const tags = Object.entries(report.customersPerTag).filter(([key]) => key.startsWith('retail:'));
    expect(Object.fromEntries(tags)).toEqual({
      'retail:bought': 2134,
      'retail:orders-2': 888,
      'retail:orders-4': 284,
      'retail:spent-1000': 465,
      'retail:average-500': 413,
      'retail:3-in-7d': 5,
      'retail:3-in-7d-ever': 68,
      'retail:silent-7d': 1852,
      'retail:silent-15d': 1551,
      'retail:silent-30d': 1193,
      'retail:silent-7d-ever': 2047,
      'retail:silent-15d-ever': 1897,
      'retail:returned-30d': 615,
      'retail:two-days-running': 46,
    });

    const { messages, linesWithoutCustomer } = await readOrdersFile(FILE!);
    expect(report.lines.withoutCustomer).toBe(linesWithoutCustomer);
    const expected = dormancyOf(messages, UNTIL);
    const { dormancy } = report.journeys;
    expect({
      entered: dormancy.entered,
      customers: dormancy.customers,
      at7: dormancy.sent['silent-7d'],
      at15: dormancy.sent['silent-15d'],
      capped: dormancy.notSent['capped'],
      endedByOrder: dormancy.endedByEvent['Order Completed'],
    }).toEqual(expected);
    expect(expected.capped).toBeGreaterThan(0);
    expect(dormancy.customers).toBe(2047);
    expect(dormancy.messages).toBe(expected.at7 + expected.at15);
    expect(dormancy.notSent).toEqual({ capped: expected.capped });
    expect(dormancy.active).toBe(expected.entered - expected.endedByOrder);

    const written = await inbox(stack);
    expect(written).toHaveLength(dormancy.messages + expected.capped);
    everyMessageAtItsOwnTime(written, messages);
    nobodyGetsOneMessageTwice(written);
    theSecondFollowsTheFirst(written);
    nobodyGetsMoreThanTwoIn30Days(written.filter(({ status }) => status === 'sent'));
    // Time has run on a little in between; nothing else is to be different.
    const second = await replay();
    expect(second, 'a second replay of the same file changes nothing').toEqual({ ...report, until: second.until });
  });
});

const DAY = 86_400_000;

interface Sent {
  readonly customer: string;
  readonly enrolment: string;
  readonly node: string;
  readonly at: string;
  readonly status: string;
}

async function inbox(stack: StackProcess): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await fetch(`http://127.0.0.1:${stack.consolePort}/api/inbox?limit=200${query}`);
    const page = (await answer.json()) as { items: Sent[]; cursor?: string };
    sent.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return sent;
}

/** Each message stands exactly 7 or 15 days after an order of that customer. */
function everyMessageAtItsOwnTime(
  sent: readonly Sent[],
  orders: readonly { userId?: string | null; timestamp: string }[],
): void {
  const times = Map.groupBy(orders, (order) => order.userId ?? '');
  const days = { 'silent-7d': 7, 'silent-15d': 15 } as Record<string, number>;
  for (const { customer, node, at } of sent) {
    const ordered = new Date(Date.parse(at) - days[node]! * DAY).toISOString();
    expect(times.get(customer)?.map((order) => order.timestamp)).toContain(ordered);
  }
}

/** Neither by the ledger (one passage, one card) nor as she sees it (the same text at the same moment). */
function nobodyGetsOneMessageTwice(sent: readonly Sent[]): void {
  const twice = (key: (message: Sent) => string) =>
    [...Map.groupBy(sent, key)].filter(([, messages]) => messages.length > 1).map(([name]) => name);
  expect(twice(({ enrolment, node }) => `${enrolment} ${node}`)).toEqual([]);
  expect(twice(({ customer, node, at }) => `${customer} ${node} ${at}`)).toEqual([]);
}

function nobodyGetsMoreThanTwoIn30Days(sent: readonly Sent[]): void {
  for (const [customer, hers] of Map.groupBy(sent, (message) => message.customer)) {
    const times = hers.map(({ at }) => Date.parse(at));
    for (const when of times) {
      const within = times.filter((one) => one > when - 30 * DAY && one <= when);
      expect(within.length, `${customer} at ${new Date(when).toISOString()}`).toBeLessThanOrEqual(2);
    }
  }
}

/** The message of the 15th day follows the one of the 7th in the same passage, eight days before; either may be held. */
function theSecondFollowsTheFirst(sent: readonly Sent[]): void {
  const first = new Map(
    sent.filter(({ node }) => node === 'silent-7d').map((message) => [message.enrolment, message] as const),
  );
  for (const { enrolment, customer, at } of sent.filter(({ node }) => node === 'silent-15d')) {
    const before = { customer, at: new Date(Date.parse(at) - 8 * DAY).toISOString() };
    expect(first.get(enrolment), `${enrolment} has the second message`).toMatchObject(before);
  }
}
