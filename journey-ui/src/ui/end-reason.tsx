import type { Enrolment } from '../api/types.ts';
import { Fault } from './fault.tsx';
import { ReasonText } from './reason.tsx';

/** Reasons that say no more than the status does. */
const SAID_BY_STATUS = ['', 'completed', 'path-ended'];

/** Why an enrolment ended, where there is more to say than how. */
export function EndReason({ enrolment: { status, end } }: { enrolment: Pick<Enrolment, 'status' | 'end'> }) {
  const reason = end?.reason ?? '';
  if (SAID_BY_STATUS.includes(reason)) return null;
  return status === 'failed' ? <Fault error={reason} /> : <ReasonText reason={reason} />;
}
