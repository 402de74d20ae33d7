import { Link } from 'react-router';
import { durationWords } from '../../../shared/duration.ts';
import { useUnderTouched } from '../api/caps.ts';
import { useWords } from '../i18n/index.ts';

/** Who hears too little of us, by each lower number, with a few to look at. */
export function UnderTouched() {
  const { t, say } = useWords();
  const items = useUnderTouched().data?.items ?? [];
  if (items.length === 0) return null;
  const under = items.filter(({ count }) => count > 0);
  return (
    <section className="panel">
      <h2 className="settings-head">{t('caps.under')}</h2>
      <div className="panel-body">
        <p className="muted">{t('caps.underHelp')}</p>
        {under.length === 0 && <p>{t('caps.underNobody')}</p>}
        {under.map(({ name, least, within, count, exact, some }) => (
          <p key={`${name.zh} ${within}`} className="under-touched">
            {t('caps.underNow', {
              name: say(name),
              least,
              within: say(durationWords(within)),
              count: exact ? String(count) : `≈ ${count}`,
            })}{' '}
            {some.map((id) => (
              <Link key={id} to={`/customers/${encodeURIComponent(id)}`} className="mono">
                {id}
              </Link>
            ))}
          </p>
        ))}
      </div>
    </section>
  );
}
