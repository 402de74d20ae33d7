import { DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { CHANNELS } from '../../../shared/messages/channels/index.ts';
import type { SegmentPlan } from '../api/caps.ts';
import { useWords } from '../i18n/index.ts';
import { CapBox } from './cap-box.tsx';

/** The segments that have a cap or channels of their own, which every journey inherits; one more can be given some. */
export function SegmentPlans({
  value,
  onChange,
}: {
  value: readonly SegmentPlan[];
  onChange: (plans: readonly SegmentPlan[]) => void;
}) {
  const { t, say } = useWords();
  // A plan of which everything was taken away stays in sight until the page is left.
  const [shown, setShown] = useState(() => new Set(value.filter(hasPlan).map(({ id }) => id)));
  const channels = Object.values(CHANNELS).map(({ id, label }) => ({ value: id, label: say(label) }));
  const put = (plan: SegmentPlan): void => onChange(value.map((old) => (old.id === plan.id ? plan : old)));
  const own = value.filter((plan) => shown.has(plan.id) || hasPlan(plan));
  const others = value.filter((plan) => !own.includes(plan));
  const add = (id: string): void => {
    setShown(new Set([...shown, id]));
    const plan = value.find((one) => one.id === id);
    if (plan) put({ ...plan, cap: { most: 2, within: 'P7D' } });
  };
  const remove = ({ cap: _, channels: _c, ...rest }: SegmentPlan): void => {
    setShown(new Set([...shown].filter((id) => id !== rest.id)));
    put(rest);
  };
  return (
    <div className="caps">
      {own.length > 0 && (
        <div className="cap plan cap-head" aria-hidden="true">
          <span>{t('caps.segment')}</span>
          <span className="cap-box">
            <span>{t('caps.many')}</span>
            <span>{t('caps.most')}</span>
            <span>{t('caps.least')}</span>
          </span>
          <span>{t('caps.channels')}</span>
          <span />
        </div>
      )}
      {own.map((plan) => {
        const { cap, channels: only = [], ...rest } = plan;
        const name = say(plan.name);
        return (
          <div className="cap plan" key={plan.id}>
            <b>{name}</b>
            {cap === undefined ? (
              <Button size="small" type="dashed" onClick={() => put({ ...plan, cap: { most: 2, within: 'P7D' } })}>
                {t('caps.ownCap')}
              </Button>
            ) : (
              <CapBox
                id={`plan-${plan.id}`}
                label={name}
                value={cap}
                onChange={(next) => put({ ...plan, cap: next })}
              />
            )}
            <Select
              mode="multiple"
              aria-label={t('caps.channelsOf', { name })}
              placeholder={t('caps.anyChannel')}
              value={[...only]}
              options={channels}
              onChange={(list: string[]) =>
                put({ ...rest, ...(cap && { cap }), ...(list.length > 0 ? { channels: list } : {}) })
              }
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('caps.removePlan', { name })}
              onClick={() => remove(plan)}
            />
          </div>
        );
      })}
      {others.length > 0 && (
        <Select
          className="add-plan"
          value={null}
          aria-label={t('caps.addPlan')}
          placeholder={t('caps.addPlan')}
          options={others.map(({ id, name }) => ({ value: id, label: say(name) }))}
          onChange={(id: string | null) => id && add(id)}
        />
      )}
    </div>
  );
}

const hasPlan = ({ cap, channels = [] }: SegmentPlan): boolean => cap !== undefined || channels.length > 0;
