import { Input, InputNumber, Select, Space } from 'antd';
import { expressionOf, type PlainSchedule, plainSchedule } from '../../../../shared/schedule-expressions/index.ts';
import { useWords } from '../../i18n/index.ts';
import type { WidgetProps } from '../widget.ts';
import { NextMoments } from './next-moments.tsx';
import { YearlyParts } from './yearly.tsx';

const TYPES = ['daily', 'weekly', 'monthly', 'festival', 'lunar', 'once', 'every', 'other'] as const;
type Type = (typeof TYPES)[number];
/** Monday first. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];
const MONTH = [...Array.from({ length: 31 }, (_, i) => String(i + 1)), 'L'];
const UNITS = ['hour', 'day'];

/** What a way of saying it begins with; the time of day goes along. */
function begin(type: Exclude<Type, 'other'>, at: string): PlainSchedule {
  if (type === 'daily') return { type, at };
  if (type === 'weekly') return { type, days: [1], at };
  if (type === 'monthly') return { type, day: '1', at };
  if (type === 'every') return { type, count: 7, unit: 'day' };
  if (type === 'festival') return { type, festival: 'spring-festival', days: -3, at };
  if (type === 'lunar') return { type, date: { month: 8, day: 15 }, days: 0, at };
  const tomorrow = new Date(Date.now() + 86_400_000);
  return { type, date: tomorrow.toISOString().slice(0, 10), at };
}

/** A schedule said in everyday terms and kept as an expression; one that is richer is written by hand. */
export function Schedule({ id, label, value, onChange }: WidgetProps) {
  const { t } = useWords();
  const expression = String(value ?? '');
  const plain = plainSchedule(expression);
  const at = plain !== undefined && 'at' in plain ? plain.at : '10:00';
  const put = (next: PlainSchedule): void => onChange(expressionOf(next));
  const type: Type = plain?.type ?? 'other';
  return (
    <Space orientation="vertical" className="schedule-field">
      <Select
        id={id}
        aria-label={label}
        value={type}
        options={TYPES.map((one) => ({ value: one, label: t(`form.schedules.${one}`) }))}
        onChange={(one: Type) => (one === 'other' ? onChange('cron(0 10 ? * MON#1 *)') : put(begin(one, at)))}
        style={{ width: '100%' }}
      />
      {plain === undefined ? (
        <Input
          value={expression}
          aria-label={t('form.expression')}
          className="mono"
          onChange={(e) => onChange(e.target.value)}
        />
      ) : (
        <Parts plain={plain} put={put} />
      )}
      <NextMoments expression={expression} />
    </Space>
  );
}

function Parts({ plain, put }: { plain: PlainSchedule; put: (next: PlainSchedule) => void }) {
  const { t } = useWords();
  if (plain.type === 'every') {
    return (
      <Space.Compact block>
        <InputNumber
          min={1}
          max={366}
          value={plain.count}
          aria-label={t('form.count')}
          onChange={(count) => put({ ...plain, count: count ?? 1 })}
          style={{ flex: 1 }}
        />
        <Select
          value={plain.unit}
          aria-label={t('form.unit', { label: t('form.schedules.every') })}
          options={[...new Set([...UNITS, plain.unit])].map((unit) => ({
            value: unit,
            label: t(`form.units.${unit[0]!.toUpperCase()}`),
          }))}
          onChange={(unit) => put({ ...plain, unit })}
          style={{ width: 104 }}
        />
      </Space.Compact>
    );
  }
  const time = (
    <Input
      type="time"
      value={plain.at}
      aria-label={t('form.timeOfDay')}
      onChange={(e) => e.target.value !== '' && put({ ...plain, at: e.target.value })}
      style={{ width: 116 }}
    />
  );
  if (plain.type === 'festival' || plain.type === 'lunar') {
    return <YearlyParts plain={plain} put={put} time={time} />;
  }
  return (
    <Space.Compact block>
      {plain.type === 'weekly' && (
        <Select
          mode="multiple"
          value={[...plain.days]}
          aria-label={t('form.weekdays')}
          options={WEEK.map((day) => ({ value: day, label: t(`form.weekday.${day}`) }))}
          onChange={(days) => days.length > 0 && put({ ...plain, days })}
          style={{ flex: 1 }}
        />
      )}
      {plain.type === 'monthly' && (
        <Select
          value={plain.day}
          aria-label={t('form.dayOfMonth')}
          options={MONTH.map((day) => ({
            value: day,
            label: day === 'L' ? t('form.lastDay') : t('form.monthDay', { n: day }),
          }))}
          onChange={(day) => put({ ...plain, day })}
          style={{ flex: 1 }}
        />
      )}
      {plain.type === 'once' && (
        <Input
          type="date"
          value={plain.date}
          aria-label={t('form.date')}
          onChange={(e) => e.target.value !== '' && put({ ...plain, date: e.target.value })}
          style={{ flex: 1 }}
        />
      )}
      {time}
    </Space.Compact>
  );
}
