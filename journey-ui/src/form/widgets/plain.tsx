import { Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useWords } from '../../i18n/index.ts';
import { fieldsIn } from '../schema-parts.ts';
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

export function NumberBox({ id, value, onChange }: WidgetProps) {
  return (
    <InputNumber
      id={id}
      style={{ width: '100%' }}
      value={typeof value === 'number' ? value : null}
      onChange={(n) => onChange(n ?? undefined)}
    />
  );
}

/** Yes or no; where no is said by leaving it out, it is left out. */
export function Toggle({ id, label, value, onChange, required }: WidgetProps) {
  return (
    <Switch
      id={id}
      aria-label={label}
      checked={value === true}
      onChange={(on) => onChange(on || required ? on : undefined)}
      style={{ justifySelf: 'start' }}
    />
  );
}

export function Choice({ id, label, value, onChange, meta, required }: WidgetProps) {
  const { say } = useWords();
  const options = (meta.options ?? []).map((o) => ({ value: o.value, label: say(o.label) }));
  // What may be left out must be possible to take back.
  if (required && options.length <= 2 && options.every((o) => o.label.length < 14)) {
    return <Segmented block options={options} value={value as string} onChange={onChange} aria-label={label} id={id} />;
  }
  return (
    <Select
      id={id}
      aria-label={label}
      allowClear={!required}
      value={value as string}
      options={options}
      onChange={onChange}
    />
  );
}

/** Some texts, typed one after the other. */
export function TextList({ id, label, value, onChange }: WidgetProps) {
  const { t } = useWords();
  return (
    <Select
      id={id}
      aria-label={label}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', '、']}
      placeholder={t('form.listHint')}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(list: string[]) => onChange(list)}
    />
  );
}

/** A text in both languages. One left empty takes the other's when it is kept. */
export function BothLanguages({ id, label, value, onChange, required }: WidgetProps) {
  const { t } = useWords();
  const { zh = '', en = '' } = (value ?? {}) as { zh?: string; en?: string };
  const put = (next: { zh: string; en: string }): void =>
    onChange(!required && next.zh === '' && next.en === '' ? undefined : next);
  return (
    <div className="both-languages">
      <Input
        id={id}
        prefix={<span className="language-mark">{t('form.zh')}</span>}
        aria-label={`${label} · ${t('form.inChinese')}`}
        value={zh}
        maxLength={500}
        onChange={(e) => put({ zh: e.target.value, en })}
      />
      <Input
        prefix={<span className="language-mark">{t('form.en')}</span>}
        aria-label={`${label} · ${t('form.inEnglish')}`}
        value={en}
        maxLength={500}
        onChange={(e) => put({ zh, en: e.target.value })}
      />
    </div>
  );
}

/** How many: a comparison and a number. */
export function Count({ id, label, value, onChange, schema }: WidgetProps) {
  const { say } = useWords();
  const { op = 'gte', value: n } = (value ?? {}) as { op?: string; value?: number };
  const options = (fieldsIn(schema)[0]?.meta.options ?? []).map((o) => ({ value: o.value, label: say(o.label) }));
  return (
    <div className="row">
      <Select
        value={op}
        aria-label={label}
        options={options}
        onChange={(next) => onChange({ op: next, value: n })}
        style={{ width: 116 }}
      />
      <div className="grow">
        <InputNumber
          id={id}
          min={0}
          value={n ?? null}
          onChange={(next) => onChange({ op, value: next ?? undefined })}
          style={{ width: '100%' }}
        />
      </div>
    </div>
  );
}
