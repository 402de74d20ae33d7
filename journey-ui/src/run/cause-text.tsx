import { useTags } from '../api/customers.ts';
import type { Enrolment } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { useEventName } from '../ui/event-name.ts';

/** What let her in, in a sentence: events and tags by the names people know. */
export function CauseText({ cause }: { cause: NonNullable<Enrolment['cause']> }) {
  const { t, say } = useWords();
  const eventName = useEventName();
  const tags = useTags().data?.items ?? [];
  const tag = tags.find((one) => one.key === cause.name);
  const name = cause.type === 'event' ? eventName(cause.name) : tag ? say(tag.name) : cause.name;
  return t(`run.cause.${cause.type}`, { name });
}
