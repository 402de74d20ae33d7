import type { Estimate } from '../../../shared/segments/index.ts';
import type { Words } from '../../../shared/words.ts';
import type { PersonaDimension } from '../api/personas.ts';
import { useWords } from '../i18n/index.ts';
import { share } from '../segments/share.ts';

/** One dimension: which share has which value. */
export function DimensionCard({ dimension, total }: { dimension: PersonaDimension; total: number }) {
  const { t } = useWords();
  const { name, values, none, more, exclusive } = dimension;
  const { say } = useWords();
  return (
    <section className="panel persona-card">
      <h2>
        {say(name)}
        <small className="muted">{t(exclusive ? 'personas.one' : 'personas.several')}</small>
      </h2>
      <ul className="panel-body">
        {values.map(({ key, name: value, ...estimate }) => (
          <Bar key={key} name={value} estimate={estimate} total={total} />
        ))}
        {none.count > 0 && (
          <Bar name={{ zh: t('personas.none'), en: t('personas.none') }} estimate={none} total={total} unknown />
        )}
        {more > 0 && <li className="muted persona-more">{t('personas.more', { n: more })}</li>}
      </ul>
    </section>
  );
}

function Bar({
  name,
  estimate,
  total,
  unknown = false,
}: {
  name: Words;
  estimate: Estimate;
  total: number;
  unknown?: boolean;
}) {
  const { t, say } = useWords();
  const part = share(estimate.count, total);
  const bounds = estimate.exact
    ? estimate.count.toLocaleString()
    : t('personas.between', { low: share(estimate.low, total), high: share(estimate.high, total) });
  return (
    <li className={unknown ? 'unknown' : ''}>
      <span className="persona-name">{say(name)}</span>
      <span className="persona-bar" aria-hidden="true">
        <span style={{ width: total === 0 ? 0 : `${(estimate.count / total) * 100}%` }} />
      </span>
      <b>{part}</b>
      <small className="muted">{bounds}</small>
    </li>
  );
}
