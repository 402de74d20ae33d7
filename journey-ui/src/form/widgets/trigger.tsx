import { Select } from 'antd';
import { TRIGGERS, type Trigger, type TriggerKind } from '../../../../shared/journey/index.ts';
import { useWords } from '../../i18n/index.ts';
import { SchemaForm } from '../field-view.tsx';

const KINDS = Object.values(TRIGGERS) as unknown as readonly TriggerKind<Trigger>[];

const SCHEMAS = new Map(KINDS.map(({ type, schema }) => [type, schema]));

/** What happened: an event, or a tag or a segment that came or went. */
export function TriggerBox({ value, onChange }: { value: Trigger; onChange: (trigger: Trigger) => void }) {
  const { t, say } = useWords();
  /** What the other kind asks for by the same name stays: the tag that came is now the tag that went. */
  const change = (type: Trigger['type']): void => {
    const kind = KINDS.find((one) => one.type === type);
    if (kind === undefined || type === value.type) return;
    const kept = Object.entries(value).filter(([name]) => name !== 'type' && name in kind.blank);
    onChange({ ...kind.blank, ...Object.fromEntries(kept) } as Trigger);
  };
  return (
    <>
      <Select
        value={value.type}
        aria-label={t('form.trigger')}
        options={KINDS.map(({ type, label }) => ({ value: type, label: say(label) }))}
        onChange={change}
      />
      <SchemaForm
        schema={SCHEMAS.get(value.type)!}
        value={value}
        onChange={(next) => onChange({ ...value, ...next } as Trigger)}
      />
    </>
  );
}
