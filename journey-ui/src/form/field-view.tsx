import { useId } from 'react';
import type { z } from 'zod';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { useWords } from '../i18n/index.ts';
import { type FormField, fieldsIn, metaOf, widgetByType } from './schema-parts.ts';
import { useWidgets } from './widget.ts';
import './form.css';

interface FieldProps {
  readonly field: FormField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly problems?: readonly Diagnostic[];
}

/** One field: label, widget by the schema's meta, help, and what is wrong with it. */
function FieldView({ field, value, onChange, problems = [] }: FieldProps) {
  const { t, say } = useWords();
  const id = useId();
  const widgets = useWidgets();
  const name = field.meta.widget ?? '';
  const Widget = widgets[name] ?? widgets[widgetByType(field.schema)];
  if (!Widget) return null;
  const label = field.meta.label ? say(field.meta.label) : field.name;
  const worst = problems.some((p) => p.severity === 'error') ? 'error' : 'warning';
  return (
    <div className={`field ${problems.length > 0 ? `has-${worst}` : ''}`}>
      <label htmlFor={id}>
        {label}
        {!field.required && field.meta.widget !== 'switch' && <small>{t('optional')}</small>}
      </label>
      <Widget
        id={id}
        label={label}
        value={value}
        onChange={onChange}
        schema={field.schema}
        meta={field.meta}
        required={field.required}
      />
      {problems.map((p) => (
        <p key={p.code + p.field} className={`field-problem ${p.severity}`}>
          {say(p.message)} {say(p.next)}
        </p>
      ))}
      {field.meta.help && problems.length === 0 && <p className="field-help">{say(field.meta.help)}</p>}
    </div>
  );
}

interface FormProps {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly onChange: (value: Record<string, unknown>, field: string) => void;
  /** Diagnostics whose `field` begins with `<under>.<name>` are shown at that field. */
  readonly problems?: readonly Diagnostic[];
  readonly under?: string;
}

/** A form made from an object schema. A field left empty is left out of the value. */
export function SchemaForm({ schema, value, onChange, problems = [], under = 'config' }: FormProps) {
  const current = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return (
    <div className="form">
      {fieldsIn(schema).map((field) => (
        <FieldView
          key={field.name}
          field={field}
          value={current[field.name]}
          problems={problems.filter(
            (p) => p.field === `${under}.${field.name}` || p.field?.startsWith(`${under}.${field.name}.`),
          )}
          onChange={(next) => onChange(withField(current, field.name, next), field.name)}
        />
      ))}
    </div>
  );
}

function withField(value: Record<string, unknown>, name: string, next: unknown): Record<string, unknown> {
  const { [name]: _old, ...rest } = value;
  return next === undefined ? rest : { ...value, [name]: next };
}

/** A widget for a value that is no named field (the argument of an operator, an item of a list). */
export function ValueView({
  schema,
  value,
  onChange,
}: {
  schema: z.ZodType;
  value: unknown;
  onChange: (v: unknown) => void;
}) {
  if (fieldsIn(schema).length > 0) return <SchemaForm schema={schema} value={value} onChange={onChange} />;
  return (
    <FieldView field={{ name: '', schema, meta: metaOf(schema), required: true }} value={value} onChange={onChange} />
  );
}
