import type { RulesVersion } from '../api/rules.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';

/** Which version made it what it is, who published that, when and why. */
export function LastChanged({ changed }: { changed: RulesVersion | undefined }) {
  const { t } = useWords();
  const { at } = useTime();
  return (
    <section className="panel">
      <h2>{t('rules.lastChanged')}</h2>
      <div className="panel-body">
        {changed === undefined ? (
          <p className="muted">{t('rules.longAgo')}</p>
        ) : (
          <>
            <p>
              {t('version', { n: changed.version })} · {at(changed.createdAt)}
            </p>
            <p className="muted">{[changed.author, changed.note].filter(Boolean).join(' · ')}</p>
          </>
        )}
      </div>
    </section>
  );
}
