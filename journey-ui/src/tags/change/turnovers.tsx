import { Link } from 'react-router';
import { segmentOf } from '../../../../shared/rules/index.ts';
import type { BackfillShown, Ruleset, TurnoverShown } from '../../../../shared/tags/index.ts';
import type { Words } from '../../../../shared/words.ts';
import { useWords } from '../../i18n/index.ts';

/** Who gains and who loses which tag, the largest changes first, with the first few customers of each. */
export function Turnovers({ job, rulesets }: { job: BackfillShown; rulesets: readonly (Ruleset | undefined)[] }) {
  const { t, say } = useWords();
  const { tally } = job;
  const nameOf = (key: string): string => {
    const id = segmentOf(key);
    const named = rulesets
      .flatMap((rules): readonly { readonly name: Words }[] =>
        id === undefined
          ? (rules?.tags.filter((tag) => tag.key === key) ?? [])
          : (rules?.segments?.filter((segment) => segment.id === id) ?? []),
      )
      .at(0);
    return named === undefined ? (id ?? key) : say(named.name);
  };
  const sorted = [...tally.tags].sort((a, b) => b.gained + b.lost - a.gained - a.lost);
  const most = Math.max(1, ...sorted.map(({ gained, lost }) => Math.max(gained, lost)));
  return (
    <div className="turnovers">
      {sorted.length === 0 && job.status !== 'running' && <p className="muted">{t('rules.nobody')}</p>}
      {sorted.map((turnover) => (
        <div key={turnover.key} className="turnover">
          <div className="turnover-name">
            <b>{nameOf(turnover.key)}</b>
            {segmentOf(turnover.key) !== undefined && <span className="pill">{t('rules.what.segment')}</span>}
          </div>
          <Side turnover={turnover} way="gained" most={most} />
          <Side turnover={turnover} way="lost" most={most} />
        </div>
      ))}
      {!job.exact && <p className="muted">{t('rules.sampled', { n: tally.worked.toLocaleString() })}</p>}
      {tally.partly > 0 && <p className="turnover-note">{t('rules.partly', { n: tally.partly.toLocaleString() })}</p>}
      {tally.failed > 0 && <p className="turnover-note">{t('rules.failed', { n: tally.failed.toLocaleString() })}</p>}
    </div>
  );
}

function Side({ turnover, way, most }: { turnover: TurnoverShown; way: 'gained' | 'lost'; most: number }) {
  const { t } = useWords();
  const count = turnover[way];
  if (count === 0) return <div />;
  const range = turnover.estimates?.[way];
  const ids = way === 'gained' ? turnover.gainedIds : turnover.lostIds;
  const share = { '--share': `${Math.max(2, (count / most) * 100)}%` } as React.CSSProperties;
  return (
    <div className={`turnover-side ${way}`}>
      <span className="turnover-bar" style={share} aria-hidden="true" />
      <span>
        {range === undefined
          ? t(`rules.${way}`, { n: count.toLocaleString() })
          : t(`rules.${way}About`, {
              n: range.value.toLocaleString(),
              low: range.low.toLocaleString(),
              high: range.high.toLocaleString(),
            })}
      </span>
      <small>
        {ids.slice(0, 3).map((id) => (
          <Link key={id} to={`/customers/${encodeURIComponent(id)}`}>
            {id}
          </Link>
        ))}
        {count > 3 && ids.length > 0 && <span className="muted">…</span>}
      </small>
    </div>
  );
}
