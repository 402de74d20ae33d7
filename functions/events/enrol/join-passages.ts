import { logger } from '../../pipeline.ts';
import { now } from '../../ports/clock/index.ts';
import { type Enrolment, joinPersons, personOf, record } from '../../ports/enrolments/index.ts';
import { stopExecution } from '../../ports/states/index.ts';
import { activeInFamily, documentOf } from './family.ts';
import type { MergeRecord } from './read-records.ts';
import type { Watch } from './watch.ts';

/**
 * Brings the passages of both ids together. Where both are inside one journey, or inside two of one family, the passage
 * that was entered first goes on and the others end, saying so. Whoever goes on remembers what the other ids have been
 * through there, so that nobody gets a message twice. Repeatable at any moment: what a merge ended is known by the key of
 * its row.
 */
export async function joinPassages(merge: MergeRecord, watch: Watch): Promise<void> {
  await joinPersons(merge.customer, merge.id, merge.version);
  const { enrolments } = await personOf(merge.customer);
  for (const one of enrolments) if (one.end?.cause?.key === merge.key) await stop(one);
  for (const [, passages] of Map.groupBy(enrolments, ({ journey }) => journey)) {
    const [first, ...others] = passages.filter(({ status }) => status === 'active');
    if (first === undefined) continue;
    const elsewhere = passages.filter(({ customer }) => customer !== first.customer);
    await remember(first, [...new Set([...elsewhere, ...others])]);
    for (const other of others) await end(other, first, merge);
  }
  const active = enrolments.filter(({ status }) => status === 'active');
  for (const [place, first] of active.entries()) {
    const family = documentOf(first, watch)?.entry.family;
    if (family === undefined) continue;
    // What ended above, or for an earlier one, is ended once.
    for (const other of activeInFamily(family, first.journey, active.slice(place + 1), watch))
      await end(other, first, merge);
  }
}

/** Before the others end: then whatever breaks off in between, nothing is sent twice. */
async function remember(first: Enrolment, others: readonly Enrolment[]): Promise<void> {
  const known = new Map((first.absorbed ?? []).map((one) => [one.id, one]));
  const before = known.size;
  for (const { customer, id, absorbed = [] } of others) {
    for (const one of [{ customer, id }, ...absorbed]) if (one.id !== first.id) known.set(one.id, one);
  }
  if (known.size > before) await record(first, { passed: [], absorbed: [...known.values()] });
}

async function end(other: Enrolment, first: Enrolment, { messageId, key }: MergeRecord): Promise<void> {
  const at = now();
  const cause = { type: 'merge' as const, name: first.id, messageId, at, key };
  const ending = { outcome: 'exited' as const, reason: 'merged', at, cause };
  if ((await record(other, { passed: [], end: ending })) !== 'recorded') return;
  await stop({ ...other, end: ending });
  logger.info('enrolment-ended', { enrolment: other.id, outcome: ending.outcome, rule: ending.reason });
}

function stop({ executionArn, end: ending }: Pick<Enrolment, 'executionArn' | 'end'>): Promise<void> {
  const { key: _, ...cause } = ending!.cause!;
  return stopExecution(executionArn, 'Pergola.Exit', JSON.stringify({ reason: ending!.reason, ...cause }));
}
