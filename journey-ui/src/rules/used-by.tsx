import { Link } from 'react-router';
import type { Uses } from '../api/rules.ts';
import { useWords } from '../i18n/index.ts';
import './used-by.css';

/** Who uses a tag or a segment: journeys with the card, segments, other tags, orders of precedence. */
export function UsedBy({ uses }: { uses: Uses }) {
  const { t, say } = useWords();
  const { journeys, segments, tags, families } = uses;
  const none = journeys.length + segments.length + tags.length + families.length === 0;
  return (
    <section className="panel used-by">
      <h2>{t('rules.usedBy')}</h2>
      <div className="panel-body">
        {none && <p className="muted">{t('rules.unused')}</p>}
        {journeys.map((journey) => (
          <div key={journey.id} className="use">
            <span className="use-kind">{t('rules.use.journey')}</span>
            <div>
              <Link className="strong-link" to={`/journeys/${encodeURIComponent(journey.id)}`}>
                {journey.name}
              </Link>
              {!journey.live && <span className="pill">{t('status.draft')}</span>}
              <ul>
                {journey.where.map((place) => (
                  <li key={`${place.node} ${place.field}`}>
                    <Link
                      to={`/journeys/${encodeURIComponent(journey.id)}${place.node === undefined ? '' : `?node=${encodeURIComponent(place.node)}`}`}
                    >
                      {place.title ? say(place.title) : t(`rules.place.${place.field.split('.')[0]}`)}
                    </Link>
                    {journey.live && place.in.length === 1 && (
                      <small>{t(place.in[0] === 'draft' ? 'rules.onlyDraft' : 'rules.onlyLive')}</small>
                    )}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        ))}
        {segments.map(({ id, name }) => (
          <div key={id} className="use">
            <span className="use-kind">{t('rules.use.segment')}</span>
            <Link to={`/segments/${encodeURIComponent(id)}`}>{say(name)}</Link>
          </div>
        ))}
        {tags.map(({ key, name }) => (
          <div key={key} className="use">
            <span className="use-kind">{t('rules.use.tag')}</span>
            <Link to={`/tags/${encodeURIComponent(key)}`}>{say(name)}</Link>
          </div>
        ))}
        {families.map(({ id, name }) => (
          <div key={id} className="use">
            <span className="use-kind">{t('rules.use.family')}</span>
            <Link to="/segments">{say(name)}</Link>
          </div>
        ))}
      </div>
    </section>
  );
}
