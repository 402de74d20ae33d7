import { Input, InputNumber, Select } from 'antd';
import type { ComponentType } from 'react';
import { FESTIVALS, type LunarDate, lunarDayWords, lunarMonthWords } from '../../../../shared/calendar/index.ts';
import { MOST_DAYS, type Part } from '../../../../shared/schedule-expressions/index.ts';
import { useWords } from '../../i18n/index.ts';

interface PartProps<V> {
  readonly value: V;
  readonly onChange: (value: V) => void;
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
/** Monday first. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];
const MONTH = [...upTo(31).map(String), 'L'];
const UNITS = ['hour', 'day'];
const WIDE = { flex: 1 };

function Time({ value, onChange }: PartProps<string>) {
  const { t } = useWords();
  return (
    <Input
      type="time"
      value={value}
      aria-label={t('form.timeOfDay')}
      onChange={(e) => e.target.value !== '' && onChange(e.target.value)}
      style={{ width: 116 }}
    />
  );
}

function DateOnce({ value, onChange }: PartProps<string>) {
  const { t } = useWords();
  return (
    <Input
      type="date"
      value={value}
      aria-label={t('form.date')}
      onChange={(e) => e.target.value !== '' && onChange(e.target.value)}
      style={WIDE}
    />
  );
}

function Weekdays({ value, onChange }: PartProps<readonly number[]>) {
  const { t } = useWords();
  return (
    <Select
      mode="multiple"
      value={[...value]}
      aria-label={t('form.weekdays')}
      options={WEEK.map((day) => ({ value: day, label: t(`form.weekday.${day}`) }))}
      onChange={(days) => days.length > 0 && onChange(days)}
      style={WIDE}
    />
  );
}

function MonthDay({ value, onChange }: PartProps<string>) {
  const { t } = useWords();
  return (
    <Select
      value={value}
      aria-label={t('form.dayOfMonth')}
      options={MONTH.map((day) => ({
        value: day,
        label: day === 'L' ? t('form.lastDay') : t('form.monthDay', { n: day }),
      }))}
      onChange={onChange}
      style={WIDE}
    />
  );
}

function Count({ value, onChange }: PartProps<number>) {
  const { t } = useWords();
  return (
    <InputNumber
      min={1}
      max={366}
      value={value}
      aria-label={t('form.count')}
      onChange={(count) => onChange(count ?? 1)}
      style={WIDE}
    />
  );
}

function Unit({ value, onChange }: PartProps<string>) {
  const { t } = useWords();
  return (
    <Select
      value={value}
      aria-label={t('form.unitOfTime')}
      options={[...new Set([...UNITS, value])].map((unit) => ({
        value: unit,
        label: t(`form.units.${unit[0]!.toUpperCase()}`),
      }))}
      onChange={onChange}
      style={{ width: 104 }}
    />
  );
}

function Festival({ value, onChange }: PartProps<string>) {
  const { t, say } = useWords();
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      aria-label={t('form.festival')}
      options={FESTIVALS.map(({ id, name }) => ({ value: id, label: say(name) }))}
      onChange={onChange}
      style={WIDE}
    />
  );
}

function LunarDay({ value, onChange }: PartProps<LunarDate>) {
  const { t, say } = useWords();
  return (
    <>
      <Select
        value={value.month}
        aria-label={t('form.lunarMonth')}
        options={upTo(12).map((month) => ({ value: month, label: say(lunarMonthWords(month)) }))}
        onChange={(month) => onChange({ ...value, month })}
        style={WIDE}
      />
      <Select
        value={value.day}
        aria-label={t('form.lunarDay')}
        options={upTo(30).map((day) => ({ value: day, label: say(lunarDayWords(day)) }))}
        onChange={(day) => onChange({ ...value, day })}
        style={WIDE}
      />
    </>
  );
}

const SIDES = ['before', 'on', 'after'] as const;
type Side = (typeof SIDES)[number];

/** How many days before or after a day. */
function DaysFrom({ value, onChange }: PartProps<number>) {
  const { t } = useWords();
  const side: Side = value === 0 ? 'on' : value < 0 ? 'before' : 'after';
  const count = Math.abs(value) || 3;
  const put = (which: Side, n: number): void => onChange(which === 'on' ? 0 : which === 'before' ? -n : n);
  return (
    <>
      <Select
        value={side}
        aria-label={t('form.side')}
        options={SIDES.map((one) => ({ value: one, label: t(`form.sides.${one}`) }))}
        onChange={(which: Side) => put(which, count)}
        style={WIDE}
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
    </>
  );
}

/** By what each part of a schedule is shown; a new part is a line here. */
export const PARTS = {
  time: Time,
  date: DateOnce,
  weekdays: Weekdays,
  monthDay: MonthDay,
  count: Count,
  unit: Unit,
  festival: Festival,
  lunarDate: LunarDay,
  daysFrom: DaysFrom,
} as unknown as Readonly<Record<Part['as'], ComponentType<PartProps<unknown>>>>;
