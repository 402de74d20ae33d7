import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { freeId, type Trigger } from '../../../../shared/journey/index.ts';
import type { Condition } from '../../../../shared/rules/index.ts';
import { useWords } from '../../i18n/index.ts';
import { under } from '../problems.ts';
import type { WidgetProps } from '../widget.ts';
import { ConditionBox, NO_CONDITION } from './condition.tsx';
import { Rows } from './rows.tsx';
import { TriggerBox } from './trigger.tsx';

interface Item {
  readonly id: string;
  readonly name?: string;
}

interface ListProps<T> {
  readonly items: readonly T[];
  readonly onChange: (items: readonly T[]) => void;
  readonly fresh: () => T;
  readonly add: string;
  readonly least?: number;
  readonly children: (item: T, put: (item: T) => void, index: number) => ReactNode;
}

/** Items one below the other, each removable, with one more to add. */
function List<T>({ items, onChange, fresh, add, least = 0, children }: ListProps<T>) {
  const { t } = useWords();
  return (
    <div className="items">
      {items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity of their own beyond their place
        <div className="item" key={i}>
          {children(item, (next) => onChange(items.map((old, j) => (j === i ? next : old))), i)}
          {items.length > least && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              onClick={() => onChange(items.filter((_, j) => j !== i))}
              style={{ justifySelf: 'end' }}
            >
              {t('remove')}
            </Button>
          )}
        </div>
      ))}
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...items, fresh()])}>
        {add}
      </Button>
    </div>
  );
}

const letterId = (items: readonly Item[]): string => {
  const used = new Set(items.map((item) => item.id));
  return 'abcdefghijklmnopqrstuvwxyz'.split('').find((l) => !used.has(l)) ?? freeId(used, 'part');
};

function Name({ item, put }: { item: Item; put: (name: string | undefined) => void }) {
  const { t } = useWords();
  return (
    <Input
      value={item.name ?? ''}
      aria-label={t('form.outletName')}
      placeholder={t('form.outletName')}
      maxLength={40}
      onChange={(e) => put(e.target.value === '' ? undefined : e.target.value)}
    />
  );
}

export function Branches({ value, onChange, problems = [] }: WidgetProps) {
  const { t } = useWords();
  const items = (value ?? []) as readonly (Item & { when: Condition })[];
  return (
    <List
      items={items}
      onChange={onChange}
      least={1}
      add={t('form.addBranch')}
      fresh={() => ({ id: letterId(items), when: NO_CONDITION })}
    >
      {(item, put, i) => (
        <>
          <Name item={item} put={(name) => put({ ...item, name } as typeof item)} />
          <ConditionBox
            value={item.when}
            onChange={(when) => put({ ...item, when })}
            problems={under(under(problems, String(i)), 'when')}
          />
        </>
      )}
    </List>
  );
}
Branches.placesProblems = true as const;

interface Row {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What leads to what: rows of values had and values that may be needed. */
export function InferenceTable({ value, onChange, problems = [] }: WidgetProps) {
  const { t } = useWords();
  const items = (value ?? []) as readonly Row[];
  const values = (list: readonly string[], label: string, put: (next: string[]) => void) => (
    <Select
      aria-label={label}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', '、']}
      placeholder={label}
      value={[...list]}
      onChange={put}
    />
  );
  return (
    <Rows
      rows={items}
      onChange={onChange}
      fresh={{ from: [], to: [] }}
      addLabel={t('form.addRow')}
      atLeast={1}
      problems={problems}
      className="leads-to"
    >
      {(row, put) => (
        <>
          {values(row.from, t('form.had'), (from) => put({ ...row, from }))}
          <span aria-hidden="true">→</span>
          {values(row.to, t('form.mayNeed'), (to) => put({ ...row, to }))}
        </>
      )}
    </Rows>
  );
}
InferenceTable.placesProblems = true as const;

export function Triggers({ value, onChange }: WidgetProps) {
  const { t } = useWords();
  const items = (value ?? []) as readonly (Item & { on: Trigger })[];
  return (
    <List
      items={items}
      onChange={onChange}
      least={1}
      add={t('form.addTrigger')}
      fresh={() => ({ id: letterId(items), on: { type: 'event', event: 'Order Completed' } as Trigger })}
    >
      {(item, put) => (
        <>
          <Name item={item} put={(name) => put({ ...item, name } as typeof item)} />
          <TriggerBox value={item.on} onChange={(on) => put({ ...item, on })} />
        </>
      )}
    </List>
  );
}

export function PercentList({ value, onChange }: WidgetProps) {
  const { t } = useWords();
  const items = (value ?? []) as readonly (Item & { percent: number })[];
  const sum = items.reduce((total, item) => total + item.percent, 0);
  return (
    <>
      <List
        items={items}
        onChange={onChange}
        least={2}
        add={t('form.addPart')}
        fresh={() => ({ id: letterId(items), percent: Math.max(0, 100 - sum) })}
      >
        {(item, put) => (
          <div className="row">
            <div className="grow">
              <Name item={item} put={(name) => put({ ...item, name } as typeof item)} />
            </div>
            <InputNumber
              min={0}
              max={100}
              value={item.percent}
              suffix="%"
              aria-label={t('form.percent')}
              onChange={(n) => put({ ...item, percent: n ?? 0 })}
              style={{ width: 96 }}
            />
          </div>
        )}
      </List>
      <p className={`field-help ${sum === 100 ? '' : 'bad'}`}>{t('form.percentSum', { n: sum })}</p>
    </>
  );
}
