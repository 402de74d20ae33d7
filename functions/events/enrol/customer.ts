import { type Enrolment, type Person, personOf } from '../../ports/enrolments/index.ts';
import { type Loaded, loadState } from '../../ports/profiles/index.ts';

/** One customer while a batch is worked on: what was read of her, read at most once, and what we changed since. */
export interface CustomerView {
  readonly id: string;
  /** Under which id she is let in now, and how far her ids were known. */
  readonly person: () => Promise<Person>;
  readonly enrolments: () => Promise<readonly Enrolment[]>;
  /** After a write of ours, so that the next record of the batch sees it; `alone` as it was for enter(). */
  readonly put: (enrolment: Enrolment, alone?: boolean) => Promise<void>;
  readonly profile: () => Promise<Loaded>;
  /** Read again: somebody else wrote. */
  readonly forget: () => void;
}

export function customerView(id: string): CustomerView {
  let read: Promise<Person> | undefined;
  let profile: Promise<Loaded> | undefined;
  const person = () => {
    read ??= personOf(id);
    return read;
  };
  return {
    id,
    person,
    enrolments: async () => (await person()).enrolments,
    put: async (enrolment, alone = false) => {
      const known = await person();
      const others = known.enrolments.filter((other) => other.id !== enrolment.id);
      const rev = alone ? known.rev + 1 : known.rev;
      read = Promise.resolve({ ...known, rev, enrolments: [...others, enrolment] });
    },
    profile: () => {
      profile ??= loadState(id);
      return profile;
    },
    forget: () => {
      read = undefined;
    },
  };
}
