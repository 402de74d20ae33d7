import { Select } from 'antd';
import { useId } from 'react';
import { z } from 'zod';
import { type Trigger, triggerSchema } from '../../../../shared/journey/index.ts';
import { useWords } from '../../i18n/index.ts';
import { EventName, Tag } from './names.tsx';

const TYPES = triggerSchema.options.map((o) => o.shape.type.value);
const ANY = z.unknown();

/** What happened: an event, or a tag that came or went. */
export function TriggerBox({ value, onChange }: { value: Trigger; onChange: (trigger: Trigger) => void }) {
  const { t } = useWords();
  const id = useId();
  const rest = { id, schema: ANY, meta: {}, required: true };
  const change = (type: Trigger['type']): void => {
    if (type === value.type) return;
    const key = value.type === 'event' ? '' : value.key;
    onChange(type === 'event' ? { type, event: 'Order Completed' } : { type, key });
  };
  return (
    <>
      <Select
        value={value.type}
        aria-label={t('form.trigger')}
        options={TYPES.map((type) => ({ value: type, label: t(`form.triggers.${type}`) }))}
        onChange={change}
      />
      {value.type === 'event' ? (
        <EventName
          {...rest}
          label={t('form.triggers.event')}
          value={value.event}
          onChange={(event) => onChange({ ...value, event: event as string | string[] })}
        />
      ) : (
        <Tag
          {...rest}
          label={t('form.triggers.tagAdded')}
          value={value.key}
          onChange={(key) => onChange({ ...value, key: String(key) })}
        />
      )}
    </>
  );
}
