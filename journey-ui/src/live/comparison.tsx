import { Select } from 'antd';
import { useState } from 'react';
import type { Converted, Trait } from '../../../shared/reports/index.ts';
import { useTags } from '../api/customers.ts';
import { useComparison } from '../api/journeys.ts';
import { useSegments } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { Failure } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import './comparison.css';

/** Do stacked tags find better customers than each alone? Who entered with which, and who of them reached a goal. */
export function AudienceComparison({ journey, version }: { journey: string; version: number | undefined }) {
  const { t } = useWords();
  const { at } = useTime();
  const nameOf = useNames();
  const [of, setOf] = useState<readonly Trait[]>([]);
  const found = useComparison(journey, version, of);
  const { data } = found;
  const options = (data?.offered ?? []).map((one) => ({
    value: one.of,
    label: `${nameOf(one.of)} · ${one.entered}`,
  }));
  return (
    <section className="comparison">
      <h3 id="comparison">{t('live.compare')}</h3>
      <Select
        mode="multiple"
        maxCount={5}
        aria-labelledby="comparison"
        value={[...of]}
        options={options}
        placeholder={t('live.compareHint')}
        onChange={(next: Trait[]) => setOf(next)}
        style={{ width: '100%' }}
      />
      {found.error && <Failure error={found.error} />}
      {data && data.everybody.entered === 0 && <p className="muted">{t('live.compareNone')}</p>}
      {data && data.everybody.entered > 0 && (
        <dl className="bars">
          {data.stack && <Line name={t('live.stack', { n: of.length })} numbers={data.stack} strong />}
          {data.parts.map((part) => (
            <Line key={part.of} name={nameOf(part.of)} numbers={part} />
          ))}
          <Line name={t('live.everybody')} numbers={data.everybody} />
        </dl>
      )}
      {data && !data.complete && data.since && (
        <p className="muted comparison-note">{t('live.compareSince', { at: at(data.since) })}</p>
      )}
    </section>
  );
}

function Line({
  name,
  numbers: { entered, goal },
  strong = false,
}: {
  name: string;
  numbers: Converted;
  strong?: boolean;
}) {
  const { t } = useWords();
  const share = entered === 0 ? 0 : (goal / entered) * 100;
  return (
    <div className={strong ? 'goal stack' : 'goal'}>
      <dt>
        {name} <small>{t('live.converted', { goal, entered })}</small>
      </dt>
      <dd>
        <span className="bar" style={{ width: `${share}%` }} />
        <b>{entered === 0 ? '–' : `${share.toFixed(share < 10 && share > 0 ? 1 : 0)}%`}</b>
      </dd>
    </div>
  );
}

function useNames(): (of: Trait) => string {
  const { say } = useWords();
  const tags = useTags().data?.items ?? [];
  const segments = useSegments().data?.items ?? [];
  return (of) => {
    const id = of.slice(of.indexOf(':') + 1);
    const known = of.startsWith('tag:') ? tags.find(({ key }) => key === id) : segments.find((one) => one.id === id);
    return known ? say(known.name) || id : id;
  };
}
