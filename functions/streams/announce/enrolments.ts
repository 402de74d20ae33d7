import { enrolmentFrom } from '../../ports/enrolments/index.ts';
import { type Announcer, announcement } from './announcement.ts';

/** `journey.entered`, then one of `journey.goal` and `journey.exited` (with the outcome: completed, exited, failed, stopped). */
export const enrolments: Announcer = ({ row, before }) => {
  if (!row.sk.startsWith('n#')) return [];
  const {
    id: enrolment,
    journey,
    version,
    customer,
    status,
    enteredAt,
    endedAt,
    end,
    cause,
    depth,
  } = enrolmentFrom(row);
  const common = { customer, journey, version, enrolment, depth };
  if (before === undefined) {
    const { type, name, messageId } = cause;
    return [
      announcement('journey.entered', `${enrolment}/entered`, enteredAt, {
        ...common,
        cause: { type, name, messageId },
      }),
    ];
  }
  if (status === 'active' || before['status'] !== 'active') return [];
  const type = status === 'goal' ? 'journey.goal' : 'journey.exited';
  const { key: _key, ...because } = end?.cause ?? {};
  // A task that nobody needs any more.
  const task = enrolmentFrom(before).wait?.task;
  const detail = { ...common, outcome: status, reason: end?.reason, cause: end?.cause && because, task };
  return [announcement(type, `${enrolment}/ended/${row['rev']}`, endedAt!, detail)];
};
