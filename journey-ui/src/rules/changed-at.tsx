import type { RulesVersion } from '../api/rules.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';

/** Which version made it what it is, who published that, when and why. */
export function ChangedAt({ changed }: { changed: RulesVersion | undefined }) {
  const { t } = useWords();
  const { at } = useTime();
  if (changed === undefined) return <p className="muted">{t('rules.longAgo')}</p>;
  const { version, author, createdAt, note } = changed;
  return (
    <>
      <p>
        {t('version', { n: version })} · {at(createdAt)}
      </p>
      <p className="muted">{[author, note].filter(Boolean).join(' · ')}</p>
    </>
  );
}
