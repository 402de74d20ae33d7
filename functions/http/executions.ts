import { Hono } from 'hono';
import { z } from 'zod';
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
import { describeExecution, executionHistory, stopExecution } from '../ports/states/index.ts';
import { notFound } from './errors.ts';
import { withoutToken } from './history/redact.ts';
import { stepsOf } from './history/steps.ts';
import { pageSchema } from './page.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env } from './roles.ts';

const EXECUTION = { zh: '这次参与', en: 'This enrolment' };
const listSchema = pageSchema.extend({
  journey: z.string().optional(),
  customer: z.string().optional(),
  status: z.enum(['active', 'completed', 'goal', 'exited', 'failed', 'stopped']).optional(),
});

export const executions = new Hono<Env>();

executions.get('/api/executions', async (context) => {
  const { journey, customer, status, ...page } = readQuery(context, listSchema);
  if (customer !== undefined) {
    const all = (await enrolmentsOf(customer))
      .filter(
        (one) => (journey === undefined || one.journey === journey) && (status === undefined || one.status === status),
      )
      .sort((a, b) => (a.enteredAt < b.enteredAt ? 1 : -1));
    return context.json({ items: all.map(shown) });
  }
  if (journey !== undefined) {
    const { items, cursor } = await enrolmentsIn(journey, { ...page, status });
    return context.json({ items: items.map(shown), cursor });
  }
  // Of all journeys the newest: no cursor, narrow it down by journey or customer.
  const lists = await Promise.all(
    (await listJourneys()).map(({ id }) => enrolmentsIn(id, { limit: page.limit, status })),
  );
  const newest = lists.flatMap(({ items }) => items).sort((a, b) => (a.enteredAt < b.enteredAt ? 1 : -1));
  return context.json({ items: newest.slice(0, page.limit).map(shown) });
});

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
    enrolment: shown(enrolment),
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
  return context.json({ enrolment: shown(await found(enrolment.customer, enrolment.id)) });
});

async function found(customer: string, id: string): Promise<Enrolment> {
  const parts = enrolmentParts(id);
  const enrolment = parts && (await readEnrolment(customer, parts.journey, parts.n));
  if (enrolment === undefined || enrolment.id !== id) throw notFound(EXECUTION);
  return enrolment;
}

/** As the API shows it: without the task token, which is a credential, and without our own bookkeeping. */
function shown({ wait, causeKey, since, seen, rev, n, ...enrolment }: Enrolment) {
  const { token: _token, ...waiting } = wait ?? { token: '' };
  return { ...enrolment, ...(wait === undefined ? {} : { wait: waiting }) };
}
