import { Link } from 'react-router';
import { type Condition, conditionSchema } from '../../../shared/rules/index.ts';
import { useMatching, useSegments } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { share } from '../segments/share.ts';
import { useSettled } from './use-settled.ts';

/** How many a condition holds for at this moment, who for example, and in which segments they are already. */
export function LiveCount({ when, but }: { when: Condition | undefined; but?: string }) {
  const { t, say } = useWords();
  const settled = useSettled(when, 400);
  const sound = settled !== undefined && conditionSchema.safeParse(settled).success;
  const { data, isFetching, error } = useMatching(sound ? settled : undefined);
  const names = new Map((useSegments().data?.items ?? []).map(({ id, name }) => [id, say(name)]));
  const n = (value: number): string => value.toLocaleString();
  if (!sound || data === undefined) {
    const text = !sound ? 'edit.notYetSound' : error !== null ? 'edit.notCounted' : 'loading';
    return (
      <section className="panel">
        <h2>{t('edit.now')}</h2>
        <div className="panel-body live-count">
          <output className="live-number muted">
            <b>–</b>
            <span>{t(text)}</span>
          </output>
        </div>
      </section>
    );
  }
  const overlaps = data.overlaps.filter(({ segment }) => segment !== but && names.has(segment));
  return (
    <section className="panel">
      <h2>{t('edit.now')}</h2>
      <div className="panel-body live-count">
        <output className={`live-number ${isFetching ? 'again' : ''}`}>
          <b>{data.exact ? n(data.count) : `≈ ${n(data.count)}`}</b>
          <span className="muted">
            {t('edit.match', { share: share(data.count, data.customers), of: n(data.customers) })}
          </span>
        </output>
        <div className="segment-meter" aria-hidden="true">
          <span style={{ width: data.customers === 0 ? 0 : `${(data.count / data.customers) * 100}%` }} />
        </div>
        <p className="muted live-how">
          {data.exact
            ? t('edit.exact')
            : t('edit.estimate', { low: n(data.low), high: n(data.high), sampled: n(data.sampled) })}
        </p>
        {data.some.length > 0 && (
          <p className="live-some">
            {t('edit.some')}{' '}
            {data.some.map((id) => (
              <Link key={id} to={`/customers/${encodeURIComponent(id)}`} target="_blank">
                {id}
              </Link>
            ))}
          </p>
        )}
        {overlaps.length > 0 && (
          <>
            <h3>{t('edit.already')}</h3>
            <ul className="live-overlaps">
              {overlaps.map(({ segment, count, exact }) => (
                <li key={segment}>
                  <span>{names.get(segment)}</span>
                  <b>{exact ? n(count) : `≈ ${n(count)}`}</b>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
