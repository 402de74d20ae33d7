import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useState } from 'react';
import type { z } from 'zod';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { useWords } from '../i18n/index.ts';
import { ProblemLines } from './problem-lines.tsx';
import { ofItself, under } from './problems.ts';
import { blankOf, type FormField, fieldsIn, metaOf } from './schema-parts.ts';
import { useWidgets, type Widget } from './widget.ts';
import './form.css';

interface FieldProps {
  readonly field: FormField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly problems: readonly Diagnostic[];
  readonly beside?: Readonly<Record<string, unknown>>;
  /** Its label is read out, but not shown: what stands around it says what it is. */
  readonly bare?: boolean;
  /** Takes the field away again, where it was added. */
  readonly onDrop?: (() => void) | undefined;
}

/** One field: label, widget by the schema's meta, help, and what is wrong with it. */
function FieldView({ field, value, onChange, problems, beside = {}, bare, onDrop }: FieldProps) {
  const { t, say } = useWords();
  const id = useId();
  const widgets = useWidgets();
  const Widget: Widget | undefined = widgets[field.meta.widget ?? ''];
  if (!Widget) return null;
  const label = field.meta.label ? say(field.meta.label) : field.name;
  const mine = Widget.placesProblems ? ofItself(problems) : problems;
  const worst = mine.some((p) => p.severity === 'error') ? 'error' : 'warning';
  const optional = !field.required && field.meta.widget !== 'switch' && onDrop === undefined;
  return (
    <div className={`field ${mine.length > 0 ? `has-${worst}` : ''}`} data-field={field.name}>
      {!bare && (
        <div className="field-head">
          <label htmlFor={id}>
            {label}
            {optional && <small>{t('optional')}</small>}
          </label>
          {onDrop && (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('form.drop', { label })}
              onClick={onDrop}
            />
          )}
        </div>
      )}
      <Widget
        id={id}
        label={label}
        value={value}
        onChange={onChange}
        schema={field.schema}
        meta={field.meta}
        required={field.required}
        beside={beside}
        problems={problems}
      />
      <ProblemLines problems={mine} />
      {field.meta.help && mine.length === 0 && <p className="field-help">{say(field.meta.help)}</p>}
    </div>
  );
}

interface FormProps {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly onChange: (value: Record<string, unknown>, field: string) => void;
  /** Diagnostics whose `field` is a path inside the value: each is shown at its field. */
  readonly problems?: readonly Diagnostic[];
  /** Only these fields, in this order. */
  readonly only?: readonly string[];
  /** What may be left out is not shown, but can be added. */
  readonly folded?: boolean;
}

/** A form made from an object schema. A field left empty is left out of the value. */
export function SchemaForm({ schema, value, onChange, problems = [], only, folded = false }: FormProps) {
  const { say } = useWords();
  const [added, setAdded] = useState<readonly string[]>([]);
  const current = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const all = fieldsIn(schema);
  const wanted = only === undefined ? all : only.flatMap((name) => all.find((field) => field.name === name) ?? []);
  const isAsked = ({ meta: { idle } }: FormField): boolean => idle === undefined || current[idle.beside] !== idle.at;
  const isShown = ({ name, required }: FormField): boolean =>
    !folded || required || name in current || added.includes(name);
  const fields = wanted.filter(isAsked);
  const put = (name: string, next: unknown): void => onChange(withField(current, name, next), name);
  const add = (field: FormField): void => {
    setAdded([...added, field.name]);
    const blank = addedBlank(field);
    if (blank !== undefined) put(field.name, blank);
  };
  const hidden = fields.filter((field) => !isShown(field));
  return (
    <div className={`form ${folded ? 'folded' : ''}`}>
      {fields.filter(isShown).map((field) => (
        <FieldView
          key={field.name}
          field={field}
          value={current[field.name]}
          beside={current}
          problems={under(problems, field.name)}
          onChange={(next) => put(field.name, next)}
          onDrop={
            folded && !field.required
              ? () => {
                  setAdded(added.filter((name) => name !== field.name));
                  put(field.name, undefined);
                }
              : undefined
          }
        />
      ))}
      {hidden.length > 0 && (
        <div className="more-fields">
          {hidden.map((field) => (
            <Button
              key={field.name}
              type="dashed"
              size="small"
              icon={<PlusOutlined />}
              title={say(field.meta.help)}
              onClick={() => add(field)}
            >
              {field.meta.label ? say(field.meta.label) : field.name}
            </Button>
          ))}
        </div>
      )}
      <ProblemLines problems={[...ofItself(problems), ...hidden.flatMap(({ name }) => under(problems, name))]} />
    </div>
  );
}

/** What an added field begins with: a switch that was added is on, a group has its own blanks. */
function addedBlank({ schema, meta }: FormField): unknown {
  if (meta.widget === 'switch') return true;
  return meta.widget === 'group' || meta.widget === 'count' ? blankOf(schema, true) : undefined;
}

function withField(value: Record<string, unknown>, name: string, next: unknown): Record<string, unknown> {
  const { [name]: _old, ...rest } = value;
  return next === undefined ? rest : { ...value, [name]: next };
}

interface ValueProps {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly problems?: readonly Diagnostic[];
}

/** The settings of something that has been named already, such as an operator: its widget, or the form of its fields. */
export function ValueView({ schema, value, onChange, problems = [] }: ValueProps) {
  const meta = metaOf(schema);
  if (meta.widget === undefined) {
    // Where nothing must be said, what may be said is shown at once.
    const folded = fieldsIn(schema).some(({ required }) => required);
    return <SchemaForm folded={folded} schema={schema} value={value} onChange={onChange} problems={problems} />;
  }
  const field: FormField = { name: '', schema, meta, required: true };
  return <FieldView bare field={field} value={value} onChange={onChange} problems={problems} />;
}
