import { Select, Switch } from 'antd';
import { CHANNELS } from '../../../shared/messages/channels/index.ts';
import type { SegmentPlan } from '../api/caps.ts';
import { useWords } from '../i18n/index.ts';
import { CapBox } from './cap-box.tsx';

/** Of each segment: a cap and channels of its own, which every journey inherits, or what holds for everybody. */
export function SegmentPlans({
  value,
  onChange,
}: {
  value: readonly SegmentPlan[];
  onChange: (plans: readonly SegmentPlan[]) => void;
}) {
  const { t, say } = useWords();
  const channels = Object.values(CHANNELS).map(({ id, label }) => ({ value: id, label: say(label) }));
  const put = (plan: SegmentPlan): void => onChange(value.map((old) => (old.id === plan.id ? plan : old)));
  return (
    <div className="caps">
      {value.map((plan) => {
        const { cap, channels: own = [], ...rest } = plan;
        const kept = own.length > 0 ? { channels: own } : {};
        const name = say(plan.name);
        return (
          <div className="cap plan" key={plan.id}>
            <b>{name}</b>
            <span className="cap-own">
              <Switch
                size="small"
                aria-label={t('caps.ownOf', { name })}
                checked={cap !== undefined}
                onChange={(on) => put({ ...rest, ...kept, ...(on && { cap: { most: 2, within: 'P7D' } }) })}
              />
              {cap === undefined ? (
                <span className="muted">{t('caps.inherits')}</span>
              ) : (
                <CapBox
                  id={`plan-${plan.id}`}
                  label={name}
                  value={cap}
                  onChange={(next) => put({ ...plan, cap: next })}
                />
              )}
            </span>
            <Select
              mode="multiple"
              aria-label={t('caps.channelsOf', { name })}
              placeholder={t('caps.anyChannel')}
              value={[...own]}
              options={channels}
              onChange={(list: string[]) =>
                put({ ...rest, ...(cap && { cap }), ...(list.length > 0 && { channels: list }) })
              }
            />
          </div>
        );
      })}
    </div>
  );
}
