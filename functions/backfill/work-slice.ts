import { setTimeout as pause } from 'node:timers/promises';
import { logger } from '../pipeline.ts';
import { abreast } from '../ports/abreast.ts';
import { type Backfill, customersAfter, readBackfill, rulesTried, saveBackfill } from '../ports/backfills/index.ts';
import { machineMs, now } from '../ports/clock/index.ts';
import { currentRules, prepared, type Rules, rulesOf } from '../ports/ruleset/index.ts';
import { hash32 } from '../ports/tables/index.ts';
import type { Context, Effect } from './context.ts';
import { type Worked, withBatch } from './tally.ts';
import { WAYS } from './ways.ts';

/** Between two notes of how far it is; what lies between is done again after a crash, and comes out the same. */
const BATCH = 100;
/** Most of a customer's time is waiting for the database. */
const AT_ONCE = 16;
const TRIES = 3;

/**
 * Goes on with a backfill until `until` (ms of the machine's clock). True when there is more to do: somebody has to go
 * on. False when it is ended, paused, or somebody else is at it.
 */
export async function workSlice(id: string, until: number): Promise<boolean> {
  let job = await readBackfill(id);
  let known: Rules | undefined;
  while (job !== undefined && job.status === 'running') {
    if (machineMs() >= until) return true;
    const began = machineMs();
    const current = await currentRules();
    const rules: Rules = known ?? (await rulesFor(job));
    known = rules;
    if (job.doing === 'apply' && current.ruleset.version !== job.version) {
      await saveBackfill(job, { status: 'failed', problem: SUPERSEDED });
      return false;
    }
    const { compiled: base } = await rulesOf(job.base);
    const context: Context = { job, rules, current, base, now: now() };
    const shard = job.cursors.findIndex((cursor) => cursor !== true);
    if (shard < 0) {
      await saveBackfill(job, { status: job.doing === 'undo' ? 'undone' : 'done' });
      return false;
    }
    const size = Math.min(BATCH, job.rate);
    const customers = await customersAfter(shard, job.cursors[shard] as string | null, size);
    const chosen = customers.filter((customer) => inSample(customer, job as Backfill));
    const worked = await workAll(chosen, context);
    const cursor = customers.length < size ? true : (customers.at(-1) as string);
    job = await saveBackfill(job, {
      cursors: job.cursors.map((one, index) => (index === shard ? cursor : one)),
      tally: withBatch(job.tally, customers.length, worked, context),
    });
    const left = began + (chosen.length / (job?.rate ?? 1)) * 1000 - machineMs();
    if (left > 0) await pause(left);
  }
  return false;
}

async function rulesFor({ id, of, version }: Backfill): Promise<Rules> {
  if (of === 'version') return rulesOf(version);
  const draft = await rulesTried(id);
  if (draft === undefined) throw new Error(`The rules of dry run ${id} are gone`);
  // A number that no state carries: its memories are never taken for those of a version published meanwhile.
  return prepared({ ...draft, version: -1 });
}

/** The same customers whenever it is asked. */
const inSample = (customer: string, { id, sample, total }: Backfill): boolean =>
  sample === undefined || hash32(`${id} ${customer}`) / 2 ** 32 < sample / Math.max(1, total);

/** Customers fail alone; when all of several do, it is not they, and it is tried again later. */
async function workAll(customers: readonly string[], context: Context): Promise<Worked[]> {
  const { read, work, check } = WAYS[context.job.doing];
  const found = await read(customers, context);
  const effects = new Map<string, Effect>();
  const failed = new Map<string, unknown>();
  const each = (list: readonly string[], one: (customer: string) => Promise<Effect>) =>
    abreast(list, AT_ONCE, async (customer) => {
      try {
        effects.set(customer, await patiently(() => one(customer)));
        failed.delete(customer);
      } catch (error) {
        failed.set(customer, error);
        logger.error('backfill-customer-failed', error as Error);
      }
    });
  await each(customers, (customer) => work(customer, context, found.get(customer)!));
  if (check !== undefined) {
    const { overtaken, again } = check;
    await each(await overtaken(found), (customer) => again(customer, context));
  }
  if (customers.length > 2 && failed.size === customers.length) throw [...failed.values()].at(-1);
  return customers.map((customer) => ({
    customer,
    effect: failed.has(customer) ? undefined : effects.get(customer),
  }));
}

/** A hiccup of the database is not her fault; what is done already is not done again. */
async function patiently(work: () => Promise<Effect>): Promise<Effect> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES) throw error;
      await pause(100 * 2 ** attempt);
    }
  }
}

const SUPERSEDED = {
  code: 'backfill-superseded',
  message: {
    zh: '回填期间又发布了新的规则，所以停下了；已处理的客户保持回填后的标签。',
    en: 'Newer rules were published meanwhile, so it stopped; customers done so far keep the tags it gave.',
  },
  next: {
    zh: '按现行规则重新回填，或撤销这一次。',
    en: 'Start a backfill of the rules in force, or undo this one.',
  },
};
