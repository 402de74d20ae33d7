import { Input, InputNumber, Select, Space } from 'antd';
import { useWords } from '../../i18n/index.ts';
import { durationMs } from '../../ui/time.ts';
import type { WidgetProps } from '../widget.ts';

const UNITS = [
  { unit: 'M', ms: 60_000, iso: (n: number) => `PT${n}M` },
  { unit: 'H', ms: 3_600_000, iso: (n: number) => `PT${n}H` },
  { unit: 'D', ms: 86_400_000, iso: (n: number) => `P${n}D` },
  { unit: 'W', ms: 604_800_000, iso: (n: number) => `P${n}W` },
];

/** The unit in which the document says it, if it says it in one; else the largest that divides it. */
function split(iso: string): { n: number; unit: string } {
  const single = /^P(?:T?)(\d+)([WDHM])$/.exec(iso);
  if (single) return { n: Number(single[1]), unit: single[2] as string };
  const ms = durationMs(iso) ?? 0;
  const best = [...UNITS].reverse().find((u) => ms >= u.ms && ms % u.ms === 0) ?? UNITS[0];
  return { n: Math.round(ms / (best?.ms ?? 60_000)), unit: best?.unit ?? 'M' };
}

export function Duration({ id, label, value, onChange, required }: WidgetProps) {
  const { t } = useWords();
  const { n, unit } = typeof value === 'string' && value !== '' ? split(value) : { n: undefined, unit: 'D' };
  const put = (count: number | null, name: string): void => {
    const of = UNITS.find((u) => u.unit === name) ?? UNITS[2];
    const none = count === null || count <= 0;
    onChange(none ? (required ? of?.iso(0) : undefined) : of?.iso(Math.round(count)));
  };
  return (
    <Space.Compact block>
      <InputNumber id={id} min={0} value={n ?? null} onChange={(v) => put(v, unit)} style={{ flex: 1 }} />
      <Select
        value={unit}
        aria-label={t('form.unit', { label })}
        style={{ width: 104 }}
        options={UNITS.map((u) => ({ value: u.unit, label: t(`form.units.${u.unit}`) }))}
        onChange={(u) => n !== undefined && put(n, u)}
      />
    </Space.Compact>
  );
}

export function TimeOfDay({ id, value, onChange, required }: WidgetProps) {
  return (
    <Input
      id={id}
      type="time"
      value={typeof value === 'string' ? value : ''}
      onChange={(e) => onChange(e.target.value === '' && !required ? undefined : e.target.value)}
    />
  );
}
