import { Statistic } from 'antd';
import type { Estimate } from '../../../shared/compiler/index.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';

/** What a version costs and holds, as the compiler counts it. */
export function EstimatePanel({ estimate }: { estimate: Estimate | undefined }) {
  const { t } = useWords();
  const { span } = useTime();
  if (!estimate) return <p className="muted">{t('publish.noEstimate')}</p>;
  const { average, longest, openPerDailyEntry, worstHistoryEvents } = estimate;
  return (
    <>
      <div className="figures">
        <Statistic title={t('publish.dollars')} value={average.dollars.toFixed(2)} prefix="$" />
        <Statistic title={t('publish.open')} value={Math.ceil(openPerDailyEntry * 1000)} />
        <Statistic title={t('publish.longest')} value={span(longest.seconds * 1000)} />
        <Statistic title={t('publish.transitions')} value={average.transitions} precision={1} />
      </div>
      <p className="muted publish-note">
        {t('publish.history', { n: worstHistoryEvents })} {estimate.loops && t('publish.loops')}
      </p>
    </>
  );
}
