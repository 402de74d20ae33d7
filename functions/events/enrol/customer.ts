import { type Enrolment, enrolmentsOf } from '../../ports/enrolments/index.ts';
import { type Loaded, loadState } from '../../ports/profiles/index.ts';

/** One customer while a batch is worked on: what was read of her, read at most once, and what we changed since. */
export interface CustomerView {
  readonly id: string;
  readonly enrolments: () => Promise<Enrolment[]>;
  /** After a write of ours, so that the next record of the batch sees it. */
  readonly put: (enrolment: Enrolment) => Promise<void>;
  readonly profile: () => Promise<Loaded>;
  /** Read again: somebody else wrote. */
  readonly forget: () => void;
}

export function customerView(id: string): CustomerView {
  let enrolments: Promise<Enrolment[]> | undefined;
  let profile: Promise<Loaded> | undefined;
  const all = () => {
    enrolments ??= enrolmentsOf(id);
    return enrolments;
  };
  return {
    id,
    enrolments: all,
    put: async (enrolment) => {
      const others = (await all()).filter((other) => other.id !== enrolment.id);
      enrolments = Promise.resolve([...others, enrolment]);
    },
    profile: () => {
      profile ??= loadState(id);
      return profile;
    },
    forget: () => {
      enrolments = undefined;
    },
  };
}
