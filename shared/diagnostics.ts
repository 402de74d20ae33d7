import type { Words } from './words.ts';

/**
 * A user's mistake, as data: what, where, in words, and what to do next. Errors block publishing, warnings do not.
 * `code` is stable and documented where it is made; `node` and `field` (a path such as "config.duration") say where.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: Words;
  readonly next: Words;
  readonly node?: string;
  readonly edge?: string;
  readonly field?: string;
}

export const hasErrors = (list: readonly Diagnostic[]): boolean => list.some((d) => d.severity === 'error');
