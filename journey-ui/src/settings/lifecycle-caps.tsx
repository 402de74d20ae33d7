import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { z } from 'zod';
import type { LifecycleCap } from '../../../shared/tags/index.ts';
import { Tags } from '../form/widgets/names.tsx';
import { useWords } from '../i18n/index.ts';
import { CapBox } from './cap-box.tsx';

const ANY = z.unknown();

/** The caps of the phases of the lifecycle, in their order: the first that fits a customer is hers. */
export function LifecycleCaps({
  value,
  onChange,
}: {
  value: readonly LifecycleCap[];
  onChange: (caps: readonly LifecycleCap[]) => void;
}) {
  const { t, say, language } = useWords();
  const put = (i: number, cap: LifecycleCap): void => onChange(value.map((old, j) => (j === i ? cap : old)));
  const swap = (i: number, j: number): void =>
    onChange(value.map((old, k) => (k === i ? value[j]! : k === j ? value[i]! : old)));
  return (
    <div className="caps">
      <div className="cap cap-head" aria-hidden="true">
        <span />
        <div className="cap-who">
          <span>{t('caps.name')}</span>
          <span>{t('caps.tags')}</span>
        </div>
        <span className="cap-box">
          <span>{t('caps.many')}</span>
          <span>{t('caps.most')}</span>
          <span>{t('caps.least')}</span>
        </span>
        <span />
      </div>
      {value.map((cap, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a phase is known by its place alone
        <div className="cap" key={i}>
          <span className="cap-order">
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              aria-label={t('caps.earlier', { name: say(cap.name) })}
              disabled={i === 0}
              onClick={() => swap(i, i - 1)}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              aria-label={t('caps.later', { name: say(cap.name) })}
              disabled={i === value.length - 1}
              onClick={() => swap(i, i + 1)}
            />
          </span>
          <div className="cap-who">
            <Input
              aria-label={t('caps.name')}
              value={cap.name[language]}
              maxLength={100}
              onChange={(e) =>
                put(i, {
                  ...cap,
                  name:
                    cap.name.zh === cap.name.en
                      ? { zh: e.target.value, en: e.target.value }
                      : { ...cap.name, [language]: e.target.value },
                })
              }
            />
            <Tags
              id={`cap-${i}-tags`}
              label={t('caps.tags')}
              schema={ANY}
              meta={{}}
              required
              value={cap.tags}
              onChange={(tags) => put(i, { ...cap, tags: tags as string[] })}
            />
          </div>
          <CapBox id={`cap-${i}`} label={say(cap.name)} value={cap} onChange={(next) => put(i, next)} />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('caps.remove', { name: say(cap.name) })}
            onClick={() => onChange(value.filter((_, j) => j !== i))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() =>
          onChange([...value, { name: { zh: t('caps.fresh'), en: t('caps.fresh') }, tags: [], most: 2, within: 'P7D' }])
        }
      >
        {t('caps.add')}
      </Button>
      <p className="field-help">{t('caps.orderHelp')}</p>
    </div>
  );
}
