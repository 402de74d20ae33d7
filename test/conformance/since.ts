/**
 * Recordings are as old as their dates; AWS has added members to its answers since. The local service answers as AWS
 * does today, so before a comparison with an older recording those members are taken out of its answer.
 *
 * Only members that AWS added are listed, each with the day from which AWS's own documents or recordings show it. What
 * AWS has changed otherwise is not smoothed over: it is counted as a difference.
 */

interface Addition {
  /** A member of an answer, of the context object or of a task's output, wherever it stands. */
  member: string;
  /** The first day (UTC) on which AWS answered with it. */
  since: string;
}

const ADDITIONS: readonly Addition[] = [
  // RedriveExecution (launched on this day) and all that tells of redrives.
  { member: 'RedriveCount', since: '2023-11-15' },
  { member: 'RedriveStatus', since: '2023-11-15' },
  { member: 'RedriveStatusReason', since: '2023-11-15' },
  { member: 'redriveCount', since: '2023-11-15' },
  { member: 'redriveStatus', since: '2023-11-15' },
  { member: 'redriveStatusReason', since: '2023-11-15' },
  // Customer managed keys.
  { member: 'encryptionConfiguration', since: '2024-07-25' },
];

/** The day of a recording ("19-10-2025, 13:59:35"), as `YYYY-MM-DD`; undefined where it bears none. */
export function recordedOn(date: string | null | undefined): string | undefined {
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})/.exec(date ?? '') ?? [];
  return year && `${year}-${month}-${day}`;
}

/** An answer of today without the members that AWS did not have on the day of a recording. */
export function asOf<T>(answer: T, date: string | null | undefined): T {
  const day = recordedOn(date);
  if (!day) return answer;
  const later = new Set(ADDITIONS.filter(({ since }) => day < since).map(({ member }) => member));
  return later.size === 0 ? answer : (without(answer, later) as T);
}

function without(value: unknown, members: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, members));
  if (typeof value === 'string' && value.startsWith('{')) return withoutInText(value, members);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !members.has(key))
      .map(([key, item]) => [key, without(item, members)]),
  );
}

/** Inputs and outputs are JSON in a text. */
function withoutInText(text: string, members: ReadonlySet<string>): string {
  if (![...members].some((member) => text.includes(`"${member}"`))) return text;
  try {
    return JSON.stringify(without(JSON.parse(text), members));
  } catch {
    return text;
  }
}
