import { DeleteOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Input } from 'antd';
import { useEffect, useState } from 'react';
import { type Condition, conditionSchema } from '../../../shared/rules/index.ts';
import type { SegmentDefinition } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';
import { ApiError } from '../api/client.ts';
import { useDeleteSegment, useMatching, usePutSegment } from '../api/segments.ts';
import { FormWidgets } from '../form/form-widgets.tsx';
import { ConditionField } from '../form/widgets/condition.tsx';
import { useWords } from '../i18n/index.ts';

interface Props {
  /** Absent: a new one. */
  readonly segment: SegmentDefinition | undefined;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

const NEW: SegmentDefinition = {
  id: '',
  name: { zh: '', en: '' },
  goal: { zh: '', en: '' },
  when: { all: [{ did: { event: 'Order Completed' } }] },
};

/** A segment's name, goal and condition, with how many it would be at this moment. */
export function SegmentEditor({ segment, taken, onClose }: Props) {
  const { t, say } = useWords();
  const { message, modal } = App.useApp();
  const [draft, setDraft] = useState(segment ?? NEW);
  const save = usePutSegment();
  const remove = useDeleteSegment();
  const put = (change: Partial<SegmentDefinition>): void => setDraft({ ...draft, ...change });
  const diagnostics = save.error instanceof ApiError ? save.error.diagnostics : [];
  const submit = (): void => {
    const id = segment?.id ?? freshId(draft.name.en, taken);
    const saved = (): void => {
      message.success(t('segments.saved'));
      onClose();
    };
    save.mutate(filled({ ...draft, id }), { onSuccess: saved });
  };
  const ask = (): void => {
    if (segment === undefined) return;
    modal.confirm({
      title: t('segments.deleteTitle', { name: say(segment.name) }),
      content: t('segments.deleteText'),
      okText: t('delete'),
      onOk: () =>
        remove.mutateAsync(segment.id).then(onClose, (error: unknown) => {
          const first = error instanceof ApiError ? error.diagnostics[0] : undefined;
          message.error(first ? say(first.message) : t('segments.deleteFailed'));
        }),
    });
  };
  return (
    <Drawer
      open
      size={560}
      title={t(segment === undefined ? 'segments.create' : 'segments.edit')}
      onClose={onClose}
      footer={
        <div className="segment-foot">
          <Count when={draft.when} />
          {segment !== undefined && (
            <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('delete')} onClick={ask} />
          )}
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <div className="form">
        <Both label={t('segments.name')} value={draft.name} onChange={(name) => put({ name })} />
        <Both label={t('segments.goalLabel')} value={draft.goal} onChange={(goal) => put({ goal })} />
        <div className="field">
          <span className="segment-label">{t('segments.condition')}</span>
          <FormWidgets>
            <ConditionField
              id="segment-when"
              label={t('segments.condition')}
              value={draft.when}
              onChange={(when) => put({ when: when as Condition })}
              schema={conditionSchema}
              meta={{}}
              required
            />
          </FormWidgets>
        </div>
        {diagnostics.map((one) => (
          <p key={one.code + one.field} className="field-problem error">
            {say(one.message)} {say(one.next)}
          </p>
        ))}
        {save.error !== null && diagnostics.length === 0 && (
          <p className="field-problem error">{t('segments.saveFailed')}</p>
        )}
        <p className="muted">{t('segments.fromNowOn')}</p>
      </div>
    </Drawer>
  );
}

/** A text in both languages; what is left empty in one takes the other's. */
function Both({ label, value, onChange }: { label: string; value: Words; onChange: (words: Words) => void }) {
  const { t } = useWords();
  return (
    <div className="field">
      <span className="segment-label">{label}</span>
      <div className="segment-both">
        <Input
          prefix={t('segments.zh')}
          aria-label={`${label} · ${t('segments.inChinese')}`}
          value={value.zh}
          onChange={(e) => onChange({ ...value, zh: e.target.value })}
        />
        <Input
          prefix={t('segments.en')}
          aria-label={`${label} · ${t('segments.inEnglish')}`}
          value={value.en}
          onChange={(e) => onChange({ ...value, en: e.target.value })}
        />
      </div>
    </div>
  );
}

/** How many the condition holds for; an estimate says how sure it is. */
function Count({ when }: { when: Condition }) {
  const { t } = useWords();
  const settled = useSettled(when, 400);
  const sound = conditionSchema.safeParse(settled).success;
  const { data, isFetching, error } = useMatching(sound ? settled : undefined);
  if (!sound) return <output className="segment-now muted">{t('segments.notYetSound')}</output>;
  if (error !== null) return <output className="segment-now muted">{t('segments.notCounted')}</output>;
  if (data === undefined) return <output className="segment-now muted">{t('loading')}</output>;
  const n = (value: number): string => value.toLocaleString();
  return (
    <output className={`segment-now ${isFetching ? 'again' : ''}`}>
      <b>{data.exact ? n(data.count) : `≈ ${n(data.count)}`}</b>{' '}
      <span className="muted">
        {data.exact
          ? t('segments.exact', { of: n(data.customers) })
          : t('segments.estimate', { low: n(data.low), high: n(data.high), sampled: n(data.sampled) })}
      </span>
    </output>
  );
}

/** The value once it has stayed the same for a while. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

const both = ({ zh, en }: Words): Words => ({ zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() });
const filled = (draft: SegmentDefinition): SegmentDefinition => ({
  ...draft,
  name: both(draft.name),
  goal: both(draft.goal),
});

/** From the English name, else counted on. */
function freshId(name: string, taken: readonly string[]): string {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 34) || 'segment';
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(id)) return id;
  }
}
