import { InputNumber, Select, Space } from 'antd';
import type { ReactNode } from 'react';
import { FESTIVALS, lunarDayWords, lunarMonthWords } from '../../../../shared/calendar/index.ts';
import { MOST_DAYS, type PlainSchedule } from '../../../../shared/schedule-expressions/index.ts';
import { useWords } from '../../i18n/index.ts';

type Yearly = Extract<PlainSchedule, { type: 'festival' | 'lunar' }>;

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Which festival or lunar date, and how many days before or after it. */
export function YearlyParts({
  plain,
  put,
  time,
}: {
  plain: Yearly;
  put: (next: PlainSchedule) => void;
  time: ReactNode;
}) {
  const { t, say } = useWords();
  return (
    <Space orientation="vertical" className="schedule-field">
      {plain.type === 'festival' ? (
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={plain.festival}
          aria-label={t('form.festival')}
          options={FESTIVALS.map(({ id, name }) => ({ value: id, label: say(name) }))}
          onChange={(festival) => put({ ...plain, festival })}
          style={{ width: '100%' }}
        />
      ) : (
        <Space.Compact block>
          <Select
            value={plain.date.month}
            aria-label={t('form.lunarMonth')}
            options={upTo(12).map((month) => ({ value: month, label: say(lunarMonthWords(month)) }))}
            onChange={(month) => put({ ...plain, date: { ...plain.date, month } })}
            style={{ flex: 1 }}
          />
          <Select
            value={plain.date.day}
            aria-label={t('form.lunarDay')}
            options={upTo(30).map((day) => ({ value: day, label: say(lunarDayWords(day)) }))}
            onChange={(day) => put({ ...plain, date: { ...plain.date, day } })}
            style={{ flex: 1 }}
          />
        </Space.Compact>
      )}
      <DaysFrom days={plain.days} onChange={(days) => put({ ...plain, days })} />
      {time}
    </Space>
  );
}

const SIDES = ['before', 'on', 'after'] as const;
type Side = (typeof SIDES)[number];

function DaysFrom({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  const { t } = useWords();
  const side: Side = days === 0 ? 'on' : days < 0 ? 'before' : 'after';
  const count = Math.abs(days) || 3;
  const put = (which: Side, n: number): void => onChange(which === 'on' ? 0 : which === 'before' ? -n : n);
  return (
    <Space.Compact block>
      <Select
        value={side}
        aria-label={t('form.side')}
        options={SIDES.map((one) => ({ value: one, label: t(`form.sides.${one}`) }))}
        onChange={(which: Side) => put(which, count)}
        style={{ flex: 1 }}
      />
      {side !== 'on' && (
        <InputNumber
          min={1}
          max={MOST_DAYS}
          value={count}
          suffix={t('form.days')}
          aria-label={t('form.count')}
          onChange={(n) => put(side, n ?? 1)}
          style={{ width: 116 }}
        />
      )}
    </Space.Compact>
  );
}
