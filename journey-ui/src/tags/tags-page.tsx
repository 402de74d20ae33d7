import { PlusOutlined, TagsOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { CATEGORIES } from '../../../shared/tags/index.ts';
import { useTags } from '../api/customers.ts';
import type { TagItem } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { isSaid } from '../ui/is-said.ts';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { ChangeOfRules } from './change/change-of-rules.tsx';
import { RulesVersions } from './change/rules-versions.tsx';
import { Findings } from './findings.tsx';
import './tags.css';
import { ToButton } from '../ui/to-button.tsx';

/** The tags by category: what each means, its rule as a sentence, how many hold it. */
export function TagsPage() {
  const { t, say } = useWords();
  const tags = useTags();
  const [words, setWords] = useState('');
  if (tags.isPending) return <Loading />;
  const all = tags.data?.items ?? [];
  const found = all.filter((tag) =>
    `${tag.key} ${tag.name.zh} ${tag.name.en}`.toLowerCase().includes(words.toLowerCase()),
  );
  const categories = [...new Set([...Object.keys(CATEGORIES), ...all.map((tag) => tag.category)])];
  return (
    <Page
      title={t('nav.tags')}
      lead={t('tags.lead', { n: tags.data?.version ?? 0 })}
      actions={
        <>
          {all.length > 0 && (
            <Input
              allowClear
              value={words}
              placeholder={t('tags.search')}
              aria-label={t('tags.search')}
              onChange={(e) => setWords(e.target.value)}
              style={{ width: 220 }}
            />
          )}
          <ToButton to="/tags/-/new" type="primary" icon={<PlusOutlined />}>
            {t('tags.create')}
          </ToButton>
        </>
      }
    >
      {tags.error && <Failure error={tags.error} onRetry={() => tags.refetch()} />}
      {!tags.error && all.length === 0 && (
        <Empty icon={<TagsOutlined />} title={t('tags.emptyTitle')} text={t('tags.emptyText')} />
      )}
      {all.length > 0 && found.length === 0 && (
        <Empty icon={<TagsOutlined />} title={t('tags.noneFound')} text={t('tags.noneFoundText', { words })} />
      )}
      <ChangeOfRules />
      <Findings />
      {categories.map((category) => {
        const members = found.filter((tag) => tag.category === category);
        if (members.length === 0) return null;
        return (
          <section key={category} className="tag-section">
            <h2>
              {say(CATEGORIES[category]) || category} <small>{members.length}</small>
            </h2>
            <ul className="panel">
              {members.map((tag) => (
                <TagRow key={tag.key} tag={tag} />
              ))}
            </ul>
          </section>
        );
      })}
      <RulesVersions />
    </Page>
  );
}

function TagRow({ tag }: { tag: TagItem }) {
  const { t, say } = useWords();
  return (
    <li className="tag-line">
      <div>
        <Link className="strong-link" to={`/tags/${encodeURIComponent(tag.key)}`}>
          {say(tag.name)}
        </Link>
        {!isSaid(say(tag.name), tag.key) && <code>{tag.key}</code>}
      </div>
      <div>
        <p>{say(tag.rule)}</p>
        {tag.purpose && <p className="muted">{t('tags.purpose', { text: say(tag.purpose) })}</p>}
      </div>
      <div className="tag-row">
        {tag.group && <span className="pill">{t('tags.group')}</span>}
        {tag.sticky && <span className="pill">{t('tags.sticky')}</span>}
        {(tag.family !== undefined || tag.infer !== undefined) && <span className="pill">{t('tags.family')}</span>}
        {tag.excludes && <span className="pill">{t('tags.excludes')}</span>}
      </div>
      <Link to={`/customers?tag=${encodeURIComponent(tag.key)}`} className="tag-count">
        {t('tags.count', { n: tag.count ?? 0 })}
      </Link>
    </li>
  );
}
