import { DeleteOutlined, MoreOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Diagnostic } from '../../../../shared/diagnostics.ts';
import { type Condition, conditionSchema, sentence } from '../../../../shared/rules/index.ts';
import { useNames } from '../../api/use-names.ts';
import { useWords } from '../../i18n/index.ts';
import { ValueView } from '../field-view.tsx';
import { ProblemLines } from '../problem-lines.tsx';
import { ofItself, under } from '../problems.ts';
import type { WidgetProps } from '../widget.ts';
import {
  changedTo,
  HOLDERS,
  NO_CONDITION,
  OPERATOR_FACES,
  partsIn,
  unwrapped,
  withArgument,
  withOneMore,
  wrapped,
} from './operator-parts.ts';

export { NO_CONDITION };

interface BoxProps {
  readonly value: Condition | undefined;
  readonly onChange: (condition: Condition) => void;
  /** What is wrong with it, by paths inside the condition. */
  readonly problems?: readonly Diagnostic[];
  /** What else can be done with it where it stands. */
  readonly actions?: ReactNode;
}

/** One condition: its operator, and the form of that operator's own schema. */
export function ConditionBox({ value, onChange, problems = [], actions }: BoxProps) {
  const { t, say } = useWords();
  const { name, argument } = partsIn(value);
  const face = name === undefined ? undefined : OPERATOR_FACES.get(name);
  return (
    <div className={`condition ${face === undefined ? '' : `holds-${face.holds}`}`}>
      <div className="condition-head">
        <Select
          value={name}
          aria-label={t('form.operator')}
          placeholder={t('form.operatorHint')}
          className="operator"
          popupMatchSelectWidth={320}
          listHeight={420}
          showSearch={{ optionFilterProp: 'words' }}
          options={[...OPERATOR_FACES.values()].map((one) => ({
            value: one.name,
            label: say(one.label),
            help: say(one.help),
            words: `${say(one.label)} ${say(one.help)}`,
          }))}
          optionRender={({ data }) => (
            <div className="operator-option">
              <b>{data.label}</b>
              <small>{data.help}</small>
            </div>
          )}
          onChange={(next) => onChange(changedTo(value, OPERATOR_FACES.get(next)!))}
        />
        <span className="condition-actions">
          {value !== undefined && face !== undefined && <Around condition={value} onChange={onChange} />}
          {actions}
        </span>
      </div>
      {face && (
        <ValueView
          schema={face.schema}
          value={argument}
          problems={under(problems, face.name)}
          onChange={(next) => onChange(withArgument(face.name, face.schema, next))}
        />
      )}
      <ProblemLines problems={ofItself(problems)} />
    </div>
  );
}

/** Puts a condition into another one, or takes away what is around its only part. */
function Around({ condition, onChange }: { condition: Condition; onChange: (condition: Condition) => void }) {
  const { t, say } = useWords();
  const inner = unwrapped(condition);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...HOLDERS.map((holder) => ({
            key: holder.name,
            label: t('form.wrap', { operator: say(holder.label) }),
            onClick: () => onChange(wrapped(condition, holder)),
          })),
          ...(inner === undefined
            ? []
            : [{ type: 'divider' as const }, { key: '', label: t('form.unwrap'), onClick: () => onChange(inner) }]),
        ],
      }}
    >
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('form.around')} />
    </Dropdown>
  );
}

/** The widget for a field that holds one condition; a missing one can be added. */
export function ConditionField({ value, onChange, required, problems = [] }: WidgetProps) {
  const { t } = useWords();
  if (value === undefined && !required) {
    return (
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => onChange(NO_CONDITION)}
        style={{ justifySelf: 'start' }}
      >
        {t('form.addCondition')}
      </Button>
    );
  }
  const condition = value as Condition | undefined;
  const more = withOneMore(condition);
  return (
    <>
      <div className="item">
        <ConditionBox
          value={condition}
          onChange={onChange}
          problems={problems}
          actions={
            !required && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('remove')}
                onClick={() => onChange(undefined)}
              />
            )
          }
        />
      </div>
      {more && (
        <Button
          type="dashed"
          size="small"
          icon={<PlusOutlined />}
          className="add-condition"
          onClick={() => onChange(more)}
        >
          {t('form.addCondition')}
        </Button>
      )}
      <Sentence condition={condition} />
    </>
  );
}
ConditionField.placesProblems = true as const;

/** The widget for one condition inside another. */
export function InnerCondition({ value, onChange, problems = [] }: WidgetProps) {
  return (
    <div className="conditions">
      <ConditionBox value={value as Condition | undefined} onChange={onChange} problems={problems} />
    </div>
  );
}
InnerCondition.placesProblems = true as const;

/** The widget for a list of conditions inside another. */
export function Conditions({ value, onChange, meta, problems = [] }: WidgetProps) {
  const { t, say } = useWords();
  const items = Array.isArray(value) ? (value as Condition[]) : [];
  return (
    <div className="conditions">
      {items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the list
        <div key={i} className="conditions-item">
          {i > 0 && meta.joint && <span className="joint">{say(meta.joint)}</span>}
          <ConditionBox
            value={item}
            onChange={(next) => onChange(items.map((old, j) => (j === i ? next : old)))}
            problems={under(problems, String(i))}
            actions={
              items.length > 1 && (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('remove')}
                  onClick={() => onChange(items.filter((_, j) => j !== i))}
                />
              )
            }
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        className="add-condition"
        onClick={() => onChange([...items, NO_CONDITION])}
      >
        {t('form.addCondition')}
      </Button>
    </div>
  );
}
Conditions.placesProblems = true as const;

/** The condition as a sentence, once it is sound. */
function Sentence({ condition }: { condition: Condition | undefined }) {
  const { t, say } = useWords();
  const names = useNames();
  const sound = condition !== undefined && conditionSchema.safeParse(condition).success;
  return (
    <output className={`condition-sentence ${sound ? '' : 'open'}`}>
      {sound ? say(sentence(condition, names)) : t('form.notYetSound')}
    </output>
  );
}
