import { matchesTrigger } from '../../../shared/journey/index.ts';
import { now } from '../../ports/clock/index.ts';
import { record } from '../../ports/enrolments/index.ts';
import type { Happened } from '../../ports/profiles/index.ts';
import { answerTask } from '../../ports/states/index.ts';
import { onward } from '../../steps/onward.ts';
import type { CustomerView } from './customer.ts';
import { isNewsFor } from './end-reached.ts';
import { isOfBoth } from './of-both.ts';
import type { Watch } from './watch.ts';

/**
 * Goes on with whoever waits for this. Step Functions is asked first and the row marked afterwards: marking first and
 * crashing would strand her until the time limit. An answer that comes second is refused by Step Functions.
 */
export async function resumeWaiting(happened: Happened, customer: CustomerView, watch: Watch): Promise<void> {
  for (const enrolment of await customer.enrolments()) {
    const { wait, status, seen, journey, version } = enrolment;
    if (wait === undefined || status !== 'active' || happened.order <= seen) continue;
    if (!isNewsFor(happened, enrolment) || !(await isOfBoth(happened, enrolment, customer))) continue;
    const match = wait.for.find(({ on }) => matchesTrigger(on, happened.happening));
    if (match === undefined) continue;
    const at = now();
    const { node, visit, token } = wait;
    const answered = await answerTask(token, { outlet: match.outlet, at });
    const known = watch.journeys.get(journey)?.versions.get(version);
    const left = { node, visit, outlet: match.outlet, at };
    const way =
      answered === 'done' && known !== undefined
        ? onward(known, left, { customer: customer.id, enrolment })
        : { passed: [] };
    const marked = await record(enrolment, { ...way, seen: happened.order, onlyWaiting: { node, token } });
    if (marked !== 'recorded') customer.forget();
    else await customer.put({ ...enrolment, wait: undefined, seen: happened.order, rev: enrolment.rev + 1 });
  }
}
