import type { Words } from '../../../shared/words.ts';
import { useWords } from '../i18n/index.ts';

/**
 * Why something was not sent or somebody not let in: in words where the code is known, else the code itself. `why` is
 * what the service says of this very case; `added` puts it behind the general words, else it stands instead of them.
 */
export function ReasonText({ reason, why, added = false }: { reason: string; why?: unknown; added?: boolean }) {
  const { t, say } = useWords();
  const general = t(`reason.${reason}`, { defaultValue: reason });
  const own = say(why as Words | undefined);
  const both = added && own !== '' && own !== general ? t('reasonWhy', { reason: general, why: own }) : own || general;
  return <small className="reason">{both}</small>;
}
