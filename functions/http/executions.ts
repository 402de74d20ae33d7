import { Hono } from 'hono';
import { z } from 'zod';
import { titleOf } from '../../shared/journey/index.ts';
import { maskTraits } from '../../shared/personal/index.ts';
import type { Words } from '../../shared/words.ts';
import { now } from '../ports/clock/index.ts';
import {
  type Enrolment,
  enrolmentParts,
  enrolmentsIn,
  enrolmentsOf,
  readEnrolment,
  record,
} from '../ports/enrolments/index.ts';
import { journeyVersion, listJourneys } from '../ports/journeys/index.ts';
import { loadState } from '../ports/profiles/index.ts';
import { describeExecution, executionHistory, redriveExecution, stopExecution } from '../ports/states/index.ts';
import { ApiError, notFound } from './errors.ts';
import { withoutToken } from './history/redact.ts';
import { stepsOf } from './history/steps.ts';
import { isBehind, type Mark, newestFirst, readMark } from './newest-first.ts';
import { pageSchema } from './page.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env, type Person, seesPersonal } from './roles.ts';
import { withNames } from './with-names.ts';

const EXECUTION = { zh: '这次参与', en: 'This enrolment' };
const listSchema = pageSchema.extend({
  journey: z.string().optional(),
  customer: z.string().optional(),
  status: z.enum(['active', 'completed', 'goal', 'exited', 'failed', 'stopped']).optional(),
});

export const executions = new Hono<Env>();

executions.get('/api/executions', async (context) => {
  const { journey, customer, status, ...page } = readQuery(context, listSchema);
  if (customer === undefined && journey !== undefined) {
    const { items, cursor } = await enrolmentsIn(journey, { ...page, status });
    return context.json({ items: await named(items, context.get('person')), cursor });
  }
  const mark = readMark(page.cursor);
  const all = customer === undefined ? await newestOfAll(status, mark, page.limit) : await passagesOf(customer);
  const wanted = all.filter(
    (one) => (journey === undefined || one.journey === journey) && (status === undefined || one.status === status),
  );
  const { items, cursor } = newestFirst(wanted, mark, page.limit);
  return context.json({ items: await named(items, context.get('person')), cursor });
});

async function named(items: readonly Enrolment[], person: Person) {
  const rows = items.map(async (one) => ({ ...shown(person)(one), stands: await standsAt(one) }));
  return withNames(await Promise.all(rows), person);
}

/** What the node is called at which she waits, or at which it failed. */
async function standsAt({ journey, version, status, at }: Enrolment): Promise<Words | undefined> {
  if (at === null || (status !== 'active' && status !== 'failed')) return undefined;
  const node = (await journeyVersion(journey, version))?.graph.node(at)?.node;
  return node && titleOf(node);
}

/**
 * Of every journey the newest behind the mark, one more than asked for. Each journey is read from its newest on, so a
 * page costs more the further back it lies; whoever goes far back narrows it down by journey.
 */
async function newestOfAll(status: Enrolment['status'] | undefined, mark: Mark | undefined, limit: number) {
  const lists = (await listJourneys()).map(async ({ id }) => {
    const found: Enrolment[] = [];
    let cursor: string | undefined;
    do {
      const page = await enrolmentsIn(id, { limit: mark === undefined ? limit + 1 : 1000, status, cursor });
      found.push(...page.items.filter((one) => isBehind(one, mark)));
      cursor = page.cursor;
    } while (cursor !== undefined && found.length <= limit);
    return found;
  });
  return (await Promise.all(lists)).flat();
}

executions.get('/api/executions/:customer/:enrolment', async (context) => {
  const enrolment = await found(context.req.param('customer'), context.req.param('enrolment'));
  const { executionArn, journey, version } = enrolment;
  const [published, execution, events] = await Promise.all([
    journeyVersion(journey, version),
    describeExecution(executionArn),
    executionHistory(executionArn),
  ]);
  const history = events.map(withoutToken);
  const steps = published === undefined ? [] : stepsOf(history, published, enrolment);
  return context.json({
    enrolment: shown(context.get('person'))(enrolment),
    document: published?.document,
    status: execution?.status ?? 'UNKNOWN',
    steps,
    history,
    executionArn,
  });
});

executions.post('/api/executions/:customer/:enrolment/stop', allow('marketer'), async (context) => {
  const { reason } = await readBody(context, z.object({ reason: z.string().max(500).default('') }));
  const enrolment = await found(context.req.param('customer'), context.req.param('enrolment'));
  const at = now();
  const cause = { type: 'manual' as const, name: context.get('person').id, at };
  await record(enrolment, { passed: [], end: { outcome: 'stopped', reason, at, cause } });
  // Also when it had ended already: then the execution is over, or somebody's stop did not reach it.
  await stopExecution(enrolment.executionArn, 'Pergola.Stopped', reason);
  return context.json({ enrolment: shown(context.get('person'))(await found(enrolment.customer, enrolment.id)) });
});

/** What failed is tried again, and she goes on from there; the machine itself opens the enrolment again. */
executions.post('/api/executions/:customer/:enrolment/redrive', allow('marketer'), async (context) => {
  const enrolment = await found(context.req.param('customer'), context.req.param('enrolment'));
  const again = (await passagesOf(enrolment.customer)).some(
    ({ journey, status }) => journey === enrolment.journey && status === 'active',
  );
  if (again) throw cannotRedrive(SHE_IS_IN_IT);
  if (enrolment.status !== 'failed' || (await redriveExecution(enrolment.executionArn)) === 'no')
    throw cannotRedrive(NOT_FAILED);
  return context.json({ executionArn: enrolment.executionArn }, 202);
});

const cannotRedrive = (message: Words): ApiError =>
  new ApiError(409, {
    code: 'execution-not-redrivable',
    message,
    next: { zh: '刷新页面，看看现在走到了哪里。', en: 'Load the page again and see how it stands now.' },
  });
const SHE_IS_IN_IT: Words = {
  zh: '她已经又进了这条旅程，不能同时走两次。',
  en: 'She is in this journey again already, and is in it once at a time.',
};
const NOT_FAILED: Words = {
  zh: '这次执行没有失败、已经在重试，或者失败超过 14 天。',
  en: 'This run has not failed, is being tried again already, or failed more than 14 days ago.',
};

/** By any of her ids. */
const passagesOf = async (id: string): Promise<Enrolment[]> => enrolmentsOf((await loadState(id)).customer);

async function found(customer: string, id: string): Promise<Enrolment> {
  const parts = enrolmentParts(id);
  const enrolment = parts && (await readEnrolment(customer, parts.journey, parts.n));
  if (enrolment?.id === id) return enrolment;
  // It may have begun under another of her ids.
  const other = parts && (await passagesOf(customer)).find((one) => one.id === id);
  if (other === undefined) throw notFound(EXECUTION);
  return other;
}

/** As the API shows it: without the task token, which is a credential, and without our own bookkeeping. */
const shown =
  (person: Person) =>
  ({ wait, causeKey, since, seen, rev, n, cause, ...enrolment }: Enrolment) => {
    const { token: _token, ...waiting } = wait ?? { token: '' };
    const { properties, ...rest } = cause;
    const told = properties === undefined || seesPersonal(person) ? properties : maskTraits(properties);
    return {
      ...enrolment,
      cause: { ...rest, ...(told !== undefined && { properties: told }) },
      ...(wait === undefined ? {} : { wait: waiting }),
    };
  };
