import { maskText } from '../../shared/personal/index.ts';

/** What was written for one customer: a message to her, or a task about her. */
export interface Written {
  readonly title?: string;
  readonly body?: string;
  readonly note?: string;
}

/** For who may not see personal data: what it says of her traits is masked. */
export function maskWritten<T extends Written>(one: T, traits: Readonly<Record<string, unknown>>): T {
  const { title, body, note } = one;
  return {
    ...one,
    ...(title !== undefined && { title: maskText(title, traits) }),
    ...(body !== undefined && { body: maskText(body, traits) }),
    ...(note !== undefined && { note: maskText(note, traits) }),
  };
}
