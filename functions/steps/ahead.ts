import { goesBefore, type Priority } from '../../shared/journey/index.ts';
import { enrolmentFrom, enrolmentKey, enrolmentParts } from '../ports/enrolments/index.ts';
import type { SentLog, WaitingMessage } from '../ports/messages/index.ts';
import { batchGet } from '../ports/tables/index.ts';

/**
 * Messages of more important journeys that wait for a place at her caps. A mark is only a hint: the passage has the last
 * word, so whoever left it, or sent meanwhile, keeps nobody waiting. No call where nobody waits.
 */
export async function waitingAhead({ waiting }: SentLog, priority: Priority): Promise<readonly WaitingMessage[]> {
  const higher = waiting.filter((one) => goesBefore(one.priority, priority));
  if (higher.length === 0) return [];
  const keyOf = ({ customer, enrolment }: WaitingMessage) => {
    const { journey, n } = enrolmentParts(enrolment)!;
    return enrolmentKey(customer, journey, n);
  };
  const row = await batchGet({ enrolments: higher.map(keyOf) });
  return higher.filter((one) => {
    const found = row('enrolments', keyOf(one));
    const passage = found && enrolmentFrom(found);
    return passage?.status === 'active' && passage.held?.node === one.node && passage.held.visit === one.visit;
  });
}
