import { Statistic } from 'antd';
import { Link } from 'react-router';
import type { Journey, JourneyNode } from '../../../shared/journey/index.ts';
import { useRefusals } from '../api/journeys.ts';
import type { LiveCounts } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { ReasonText } from '../ui/reason.tsx';
import { Failure } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import { Whose } from '../ui/whose.tsx';
import { AudienceComparison } from './comparison.tsx';
import './live-side.css';

interface Props {
  readonly journey: Journey;
  readonly counts: LiveCounts | undefined;
  readonly node: JourneyNode | undefined;
  readonly error: unknown;
}

const OUTCOMES = ['goal', 'completed', 'exited', 'stopped', 'failed'];

/** The whole journey in numbers, and below the selected node's. */
export function LiveSide({ journey, counts, node, error }: Props) {
  const { t } = useWords();
  const { at } = useTime();
  const refusals = useRefusals(journey.id);
  const ended = counts?.ended ?? {};
  const runs = (status: string): string => `/executions?journey=${encodeURIComponent(journey.id)}&status=${status}`;
  const total = Object.values(ended).reduce((sum, n) => sum + n, 0);
  return (
    <aside className="side" aria-label={t('editor.mode.live')}>
      {error !== null && error !== undefined && <Failure error={error} />}
      {node && <NodeCounts node={node} counts={counts} />}
      <div className="live-totals">
        <Statistic title={t('live.entered')} value={counts?.entered ?? 0} />
        <Statistic
          title={counts?.active ? <Link to={runs('active')}>{t('live.active')}</Link> : t('live.active')}
          value={counts?.active ?? 0}
        />
      </div>
      <h3>{t('live.outcomes')}</h3>
      <dl className="bars">
        {OUTCOMES.map((outcome) => {
          const n = ended[outcome] ?? 0;
          return (
            <div key={outcome} className={outcome}>
              <dt>
                {n === 0 ? t(`enrolment.${outcome}`) : <Link to={runs(outcome)}>{t(`enrolment.${outcome}`)}</Link>}
              </dt>
              <dd>
                <span className="bar" style={{ width: `${total === 0 ? 0 : (n / total) * 100}%` }} />
                <b>{n}</b>
              </dd>
            </div>
          );
        })}
      </dl>
      <AudienceComparison journey={journey.id} version={counts?.version} />
      <h3>{t('live.refusals')}</h3>
      {refusals.data?.items.length ? (
        <ul className="refusals">
          {refusals.data.items.slice(0, 20).map((r) => (
            <li key={`${r['customer']} ${r.at}`}>
              <Link to={`/customers/${encodeURIComponent(String(r['customer']))}`}>
                <Whose customer={String(r['customer'])} name={r['name'] as string | undefined} />
              </Link>
              <span>
                <ReasonText reason={String(r['reason'] ?? '')} why={r['why']} added />
              </span>
              <small>{at(r.at)}</small>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t('live.refusalsNone')}</p>
      )}
    </aside>
  );
}

function NodeCounts({ node, counts }: { node: JourneyNode; counts: LiveCounts | undefined }) {
  const { t, say } = useWords();
  const voice = useVoice();
  const card = cardOf(node, voice);
  const numbers = counts?.nodes[node.id];
  const gone = Object.values(numbers?.passed ?? {}).reduce((sum, n) => sum + n, 0);
  return (
    <section className="live-node">
      <h2>{card.title}</h2>
      <p className="muted">{card.summary}</p>
      <div className="live-totals">
        <Statistic title={t('live.here')} value={numbers?.here ?? 0} />
        <Statistic title={t('live.arrived')} value={Math.max(numbers?.arrived ?? 0, gone)} />
      </div>
      <dl className="bars">
        {card.outlets.map((outlet) => {
          const n = numbers?.passed[outlet.id] ?? 0;
          return (
            <div key={outlet.id}>
              <dt>{say(outlet.label)}</dt>
              <dd>
                <span className="bar" style={{ width: `${gone === 0 ? 0 : (n / gone) * 100}%` }} />
                <b>
                  {n}
                  {gone > 0 && <small> {Math.round((n / gone) * 100)}%</small>}
                </b>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
