import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { App, Button, Input, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { putSegmentFamily, type Ruleset, removeSegmentFamily, type SegmentFamily } from '../../../shared/tags/index.ts';
import { useBelonging } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import type { useWorkingRules } from '../rules/use-working-rules.ts';
import { reasonOf } from '../ui/states.tsx';
import { share } from './share.ts';

interface Props {
  readonly rules: ReturnType<typeof useWorkingRules>;
  readonly ruleset: Ruleset;
  /** The order that is changed; of a new one the first that is suggested. */
  readonly family: SegmentFamily;
  readonly onClose: () => void;
}

/** An order of precedence: which of several segments a customer belongs to. It is kept in the draft of the rules. */
export function PrecedenceDialog({ rules, ruleset, family, onClose }: Props) {
  const { t, say, language } = useWords();
  const { message } = App.useApp();
  const [name, setName] = useState(family.name);
  const [order, setOrder] = useState<readonly string[]>(family.order);
  const { segments = [], segmentFamilies = [] } = ruleset;
  const isNew = !segmentFamilies.some(({ id }) => id === family.id);
  const others = segments.filter(({ id }) => !order.includes(id));
  const keep = async (next: Ruleset): Promise<void> => {
    try {
      await rules.save(next);
      message.success(t('edit.kept'));
      onClose();
    } catch (error) {
      message.error(say(reasonOf(error)) || t('failed.offline'));
    }
  };
  const rename = (text: string): void =>
    setName(name.zh === name.en ? { zh: text, en: text } : { ...name, [language]: text });
  const wrong = order.length < 2 || name.zh.trim() === '' || name.en.trim() === '';
  return (
    <Modal
      open
      title={t(isNew ? 'segments.newOrder' : 'segments.changeOrder')}
      onCancel={onClose}
      footer={
        <div className="precedence-foot">
          {!isNew && (
            <Popconfirm
              title={t('segments.removeOrderTitle')}
              onConfirm={() => keep(removeSegmentFamily(ruleset, family.id))}
            >
              <Button danger type="text">
                {t('segments.removeOrder')}
              </Button>
            </Popconfirm>
          )}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={wrong}
            loading={rules.saving}
            onClick={() => keep(putSegmentFamily(ruleset, { id: family.id, name, order }))}
          >
            {t('segments.keepOrder')}
          </Button>
        </div>
      }
    >
      <p className="muted">{t('segments.belongingText')}</p>
      <Input
        className="precedence-name"
        aria-label={t('segments.orderName')}
        placeholder={t('segments.orderName')}
        value={name[language]}
        maxLength={100}
        onChange={(e) => rename(e.target.value)}
      />
      <Order order={order} segments={segments} onChange={setOrder} />
      {others.length > 0 && (
        <Select
          value={null}
          aria-label={t('segments.addToOrder')}
          placeholder={t('segments.addToOrder')}
          options={others.map((segment) => ({ value: segment.id, label: say(segment.name) }))}
          onChange={(id: string | null) => id !== null && setOrder([...order, id])}
        />
      )}
      <p className="muted">{t(order.length < 2 ? 'segments.orderTwo' : 'segments.orderHelp')}</p>
    </Modal>
  );
}

/** The segments one above the other, each with who would belong to it. */
function Order({
  order,
  segments,
  onChange,
}: {
  order: readonly string[];
  segments: NonNullable<Ruleset['segments']>;
  onChange: (order: readonly string[]) => void;
}) {
  const { t, say } = useWords();
  const { data } = useBelonging(order);
  const swap = (i: number, j: number): void =>
    onChange(order.map((id, k) => (k === i ? order[j]! : k === j ? order[i]! : id)));
  return (
    <ol className="precedence" aria-label={t('segments.order')}>
      {order.map((id, i) => {
        const name = say(segments.find((segment) => segment.id === id)?.name) || id;
        const count = data?.belonging[id];
        return (
          <li key={id}>
            <small>{i + 1}</small>
            <b>{name}</b>
            <span className="muted">
              {count === undefined ? '' : `${count.toLocaleString()} · ${share(count, data?.customers ?? 0)}`}
            </span>
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              aria-label={t('caps.earlier', { name })}
              disabled={i === 0}
              onClick={() => swap(i, i - 1)}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              aria-label={t('caps.later', { name })}
              disabled={i === order.length - 1}
              onClick={() => swap(i, i + 1)}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('segments.outOfOrder', { name })}
              onClick={() => onChange(order.filter((one) => one !== id))}
            />
          </li>
        );
      })}
    </ol>
  );
}
