/** What comparisons of two documents have in common: which members differ, and how a member is said as it was and is. */
import type { Words } from './words.ts';

/** One member as it was and as it is, as people say it. */
export interface ChangedLine {
  readonly label: Words;
  /** Absent where there was nothing. */
  readonly was?: Words;
  readonly is?: Words;
}

/** The members whose values differ, whatever the order of keys inside them. */
export function changedFields(before: object, after: object): string[] {
  const [was, is] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  const fields = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...fields].filter((field) => stable(was[field]) !== stable(is[field]));
}

/** Equal for equal values, whatever the order of their members. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';

/** A member whose value goes from `was` to `is`; what is undefined was not there, or is no more. */
export const changedLine = <T>(
  label: Words,
  say: (value: T) => Words,
  was: T | undefined,
  is: T | undefined,
): ChangedLine => ({
  label,
  ...(was !== undefined && { was: say(was) }),
  ...(is !== undefined && { is: say(is) }),
});

/** A value that is a name, said as it stands. */
export const asItIs = (value: unknown): Words => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return { zh: text, en: text };
};
