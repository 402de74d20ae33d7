import { InputNumber } from 'antd';
import { durationSchema } from '../../../shared/journey/index.ts';
import { type Cap, MOST_IN_CAP } from '../../../shared/tags/index.ts';
import { Duration } from '../form/widgets/times.tsx';
import { useWords } from '../i18n/index.ts';

/** "At most 2 messages in 7 days", and how many it should be at least: a hint. */
export function CapBox<T extends Cap>({
  id,
  label,
  value,
  onChange,
}: {
  id: string;
  label: string;
  value: T;
  onChange: (cap: T) => void;
}) {
  const { t } = useWords();
  return (
    <span className="cap-box">
      <Duration
        id={`${id}-within`}
        label={`${label} ${t('caps.many')}`}
        schema={durationSchema}
        meta={{}}
        required
        value={value.within}
        onChange={(within) => onChange({ ...value, within: String(within) })}
      />
      <InputNumber
        id={`${id}-most`}
        aria-label={`${label} ${t('caps.most')}`}
        min={1}
        max={MOST_IN_CAP}
        precision={0}
        value={value.most}
        onChange={(most) => most !== null && onChange({ ...value, most })}
      />
      <InputNumber
        id={`${id}-least`}
        aria-label={`${label} ${t('caps.least')}`}
        min={1}
        max={value.most}
        precision={0}
        placeholder="–"
        value={value.least ?? null}
        onChange={(least) => {
          const { least: _, ...rest } = value;
          onChange((least === null ? rest : { ...value, least }) as T);
        }}
      />
    </span>
  );
}
