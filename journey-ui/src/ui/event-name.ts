import { eventWords } from '../../../shared/rules/index.ts';
import { useWords } from '../i18n/index.ts';

/** An event's name as people read it: those without a name of their own (`$identify` …) in words, others as sent. */
export function useEventName(): (name: string) => string {
  const { say } = useWords();
  return (name) => say(eventWords(name));
}
