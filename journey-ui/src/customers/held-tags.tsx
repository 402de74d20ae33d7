import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Popover, Select } from 'antd';
import { useState } from 'react';
import { CATEGORIES } from '../../../shared/tags/index.ts';
import { useEditTags, useTags } from '../api/customers.ts';
import type { HeldTag } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';

/** Her tags by category; each says why she has it. */
export function HeldTags({ id, tags }: { id: string; tags: readonly HeldTag[] }) {
  const { t, say } = useWords();
  const categories = [...new Set(tags.map((tag) => tag.category))];
  return (
    <section className="panel">
      <h2>{t('customers.tags')}</h2>
      <div className="panel-body held-tags">
        {tags.length === 0 && <p className="muted">{t('customers.noTags')}</p>}
        {categories.map((category) => (
          <div key={category} className="held-row">
            <span className="muted">{say(CATEGORIES[category]) || category}</span>
            <div className="tag-row">
              {tags
                .filter((tag) => tag.category === category)
                .map((tag) => (
                  <Popover key={tag.key} trigger="click" content={<Why tag={tag} id={id} />} placement="bottomLeft">
                    <button type="button" className="pill good tag-button">
                      {say(tag.name)}
                    </button>
                  </Popover>
                ))}
            </div>
          </div>
        ))}
        <AddTag id={id} held={tags.map((tag) => tag.key)} />
      </div>
    </section>
  );
}

function Why({ tag, id }: { tag: HeldTag; id: string }) {
  const { t, say } = useWords();
  const { at } = useTime();
  const { message } = App.useApp();
  const edit = useEditTags(id);
  const remove = (): void =>
    edit.mutate({ remove: [tag.key] }, { onError: () => message.error(t('customers.untagFailed')) });
  return (
    <div className="why-tag">
      <b>{t('customers.why', { tag: say(tag.name) })}</b>
      <p>{say(tag.why)}</p>
      <dl className="facts">
        <dt>{t('customers.since')}</dt>
        <dd>{at(tag.since)}</dd>
        {tag.confirmedAt && (
          <>
            <dt>{t('customers.confirmed')}</dt>
            <dd>{at(tag.confirmedAt)}</dd>
          </>
        )}
        {tag.until && (
          <>
            <dt>{t('customers.until')}</dt>
            <dd>{at(tag.until)}</dd>
          </>
        )}
        <dt>{t('customers.rule')}</dt>
        <dd>{t('version', { n: tag.rule })}</dd>
        {tag.evidence.length > 0 && (
          <>
            <dt>{t('customers.evidence')}</dt>
            <dd>
              {tag.evidence.map((e) => (
                <code key={e}>{e}</code>
              ))}
            </dd>
          </>
        )}
      </dl>
      {tag.manual ? (
        <Button size="small" loading={edit.isPending} onClick={remove}>
          {t('customers.removeTag')}
        </Button>
      ) : (
        <p className="muted">{t('customers.ruleGives')}</p>
      )}
    </div>
  );
}

function AddTag({ id, held }: { id: string; held: readonly string[] }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const tags = useTags().data?.items ?? [];
  const edit = useEditTags(id);
  const choices = tags.filter((tag) => tag.manual && !held.includes(tag.key));
  if (choices.length === 0) return null;
  if (!open) {
    return (
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => setOpen(true)}
        style={{ justifySelf: 'start' }}
      >
        {t('customers.addTag')}
      </Button>
    );
  }
  return (
    <Select
      autoFocus
      defaultOpen
      showSearch={{ optionFilterProp: 'label' }}
      size="small"
      aria-label={t('customers.addTag')}
      options={choices.map((tag) => ({ value: tag.key, label: say(tag.name) }))}
      onBlur={() => setOpen(false)}
      onChange={(key: string) => {
        setOpen(false);
        edit.mutate({ add: [key] }, { onError: () => message.error(t('customers.tagFailed')) });
      }}
      style={{ width: 220 }}
    />
  );
}
