import { InputNumber, Switch } from 'antd';
import { MOST_IN_CAP } from '../../../shared/tags/index.ts';
import { useWords } from '../i18n/index.ts';

/** The ceiling of a day for everybody, or none. */
export function PerDay({
  value,
  onChange,
}: {
  value: number | undefined;
  onChange: (caps: { perDay?: number }) => void;
}) {
  const { t } = useWords();
  return (
    <div className="settings-day">
      <Switch
        aria-label={t('caps.perDayOn')}
        checked={value !== undefined}
        onChange={(on) => onChange(on ? { perDay: 1 } : {})}
      />
      <span>{t('caps.perDayBefore')}</span>
      <InputNumber
        aria-label={t('caps.perDayOn')}
        min={1}
        max={MOST_IN_CAP}
        precision={0}
        disabled={value === undefined}
        value={value ?? null}
        onChange={(n) => n !== null && onChange({ perDay: n })}
      />
      <span>{t('caps.perDayAfter')}</span>
    </div>
  );
}
