import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { z } from 'zod';
import { type Condition, conditionSchema, OPERATORS, sentence } from '../../../../shared/rules/index.ts';
import { useWords } from '../../i18n/index.ts';
import { ValueView } from '../field-view.tsx';
import { blankOf } from '../schema-parts.ts';
import type { WidgetProps } from '../widget.ts';

type AnyOperator = { label: { zh: string; en: string }; config: (condition: z.ZodType) => z.ZodType };
const REGISTRY = OPERATORS as unknown as Record<string, AnyOperator>;
const NEW: Condition = { tag: '' };

/** One condition: its operator, and the form of that operator's own schema. */
export function ConditionBox({ value, onChange }: { value: Condition | undefined; onChange: (c: Condition) => void }) {
  const { t, say } = useWords();
  const condition = value ?? NEW;
  const name = Object.keys(condition)[0] ?? 'tag';
  const operator = REGISTRY[name];
  const schema = operator?.config(conditionSchema);
  const argument = (condition as unknown as Record<string, unknown>)[name];
  const choose = (next: string): void => {
    const target = REGISTRY[next]?.config(conditionSchema);
    if (target && next !== name) onChange({ [next]: carried(condition, argument, target) } as unknown as Condition);
  };
  return (
    <div className="condition">
      <Select
        value={name}
        aria-label={t('form.operator')}
        options={Object.entries(REGISTRY).map(([key, o]) => ({ value: key, label: say(o.label) }))}
        onChange={choose}
      />
      {schema && (
        <ValueView
          schema={schema}
          value={argument}
          onChange={(next) => onChange({ [name]: next } as unknown as Condition)}
        />
      )}
    </div>
  );
}

/** What can be kept of a condition when its operator changes: wrapped into a group, or the argument as it is. */
function carried(condition: Condition, argument: unknown, target: z.ZodType): unknown {
  return [[condition], argument, condition].find((candidate) => target.safeParse(candidate).success) ?? blankOf(target);
}

/** The widget for a field that holds one condition; a missing one can be added. */
export function ConditionField({ value, onChange, required }: WidgetProps) {
  const { t } = useWords();
  if (value === undefined && !required) {
    return (
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange(NEW)}>
        {t('form.addCondition')}
      </Button>
    );
  }
  return (
    <div className="item">
      <ConditionBox value={value as Condition} onChange={onChange} />
      <Sentence condition={value as Condition} />
      {!required && (
        <Button type="text" size="small" icon={<DeleteOutlined />} onClick={() => onChange(undefined)}>
          {t('remove')}
        </Button>
      )}
    </div>
  );
}

/** The widget for a list of conditions, as all and any have it. */
export function Conditions({ value, onChange }: WidgetProps) {
  const { t } = useWords();
  const items = Array.isArray(value) ? (value as Condition[]) : [];
  return (
    <div className="conditions">
      {items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the list
        <div key={i} className="condition">
          <ConditionBox value={item} onChange={(next) => onChange(items.map((old, j) => (j === i ? next : old)))} />
          {items.length > 1 && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('remove')}
              onClick={() => onChange(items.filter((_, j) => j !== i))}
            />
          )}
        </div>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => onChange([...items, NEW])}>
        {t('form.addCondition')}
      </Button>
    </div>
  );
}

/** The condition as a sentence, once it is sound. */
function Sentence({ condition }: { condition: Condition | undefined }) {
  const { say } = useWords();
  if (condition === undefined || !conditionSchema.safeParse(condition).success) return null;
  return <p className="condition-sentence">{say(sentence(condition))}</p>;
}
