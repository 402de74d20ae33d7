import { scheduleWords } from '../../../shared/schedule-expressions/index.ts';
import { useTags } from '../api/customers.ts';
import { useSegments } from '../api/segments.ts';
import type { Enrolment } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { useEventName } from '../ui/event-name.ts';

/** What let her in, in a sentence: events, tags and segments by the names people know. */
export function CauseText({ cause }: { cause: NonNullable<Enrolment['cause']> }) {
  const { t, say } = useWords();
  const eventName = useEventName();
  const tag = useTags().data?.items.find((one) => one.key === cause.name);
  const segment = useSegments().data?.items.find((one) => one.id === cause.name);
  const known = cause.type.startsWith('segment') ? segment : tag;
  const spoken: Readonly<Record<string, string>> = {
    event: eventName(cause.name),
    schedule: say(scheduleWords(cause.name)),
  };
  const name = spoken[cause.type] ?? (known ? say(known.name) : cause.name);
  return t(`run.cause.${cause.type}`, { name });
}
