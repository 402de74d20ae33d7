import { Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useWords } from '../../i18n/index.ts';
import { optionsIn } from '../schema-parts.ts';
import type { WidgetProps } from '../widget.ts';

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

export function Text({ id, value, onChange, required }: WidgetProps) {
  return (
    <Input
      id={id}
      value={textOf(value)}
      onChange={(e) => onChange(e.target.value === '' && !required ? undefined : e.target.value)}
    />
  );
}

/** A value to compare with: numbers and yes/no as such, everything else as text, "a, b" as a list for `in`. */
export function Value({ id, label, value, onChange }: Pick<WidgetProps, 'id' | 'label' | 'value' | 'onChange'>) {
  const text = Array.isArray(value) ? value.join(', ') : textOf(value);
  return <Input id={id} aria-label={label} value={text} onChange={(e) => onChange(plainValue(e.target.value))} />;
}

function plainValue(text: string): unknown {
  if (text === '') return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

export function NumberBox({ id, value, onChange, required }: WidgetProps) {
  return (
    <InputNumber
      id={id}
      style={{ width: '100%' }}
      value={typeof value === 'number' ? value : null}
      onChange={(n) => onChange(n ?? (required ? 0 : undefined))}
    />
  );
}

export function Toggle({ id, label, value, onChange }: WidgetProps) {
  return (
    <Switch id={id} aria-label={label} checked={value === true} onChange={onChange} style={{ justifySelf: 'start' }} />
  );
}

export function Choice({ id, label, value, onChange, schema, meta }: WidgetProps) {
  const { t, say } = useWords();
  const named = meta.options?.map((o) => ({ value: o.value, label: say(o.label) }));
  const options = named ?? optionsIn(schema).map((v) => ({ value: v, label: t(`comparison.${v}`) }));
  if (options.length <= 2 && options.every((o) => o.label.length < 14)) {
    return <Segmented block options={options} value={value as string} onChange={onChange} aria-label={label} id={id} />;
  }
  return <Select id={id} aria-label={label} value={value as string} options={options} onChange={onChange} />;
}

/** What no other widget knows how to show: as JSON, taken over when it can be read. */
export function Json({ id, value, onChange }: WidgetProps) {
  return (
    <Input.TextArea
      id={id}
      className="mono"
      autoSize={{ minRows: 2, maxRows: 12 }}
      defaultValue={value === undefined ? '' : JSON.stringify(value, null, 2)}
      onChange={(e) => {
        try {
          onChange(e.target.value.trim() === '' ? undefined : JSON.parse(e.target.value));
        } catch {
          // Still being typed.
        }
      }}
    />
  );
}
