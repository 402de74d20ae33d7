import { App, Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type BackfillShown, type Ruleset, type RulesetChange, withReverted } from '../../../../shared/tags/index.ts';
import { type RulesDraft, useRulesCall } from '../../api/rules.ts';
import { useWords } from '../../i18n/index.ts';
import { reasonOf } from '../../ui/states.tsx';
import { useTime } from '../../ui/time.ts';
import { BackfillCard } from './backfill-card.tsx';
import { EditAsJson } from './edit-as-json.tsx';
import { RulesDiff } from './rules-diff.tsx';

/** The draft on its way: what it changes, who would gain and lose, and putting it in force. */
export function DraftBanner({
  draft,
  dryRun,
  current,
}: {
  draft: RulesDraft;
  dryRun: BackfillShown | undefined;
  current: Ruleset | undefined;
}) {
  const { t, say } = useWords();
  const { at } = useTime();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const act = useRulesCall();
  const send = (path: string, body?: unknown, method = 'POST'): void =>
    act.mutate(
      { method, path, body },
      { onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')) },
    );
  const { revision } = draft;
  const wrong = draft.diagnostics.length > 0;
  return (
    <section className="panel draft-banner" aria-label={t('rules.draft')}>
      <header>
        <b>{t('rules.draft')}</b>
        <span className="muted">
          {t('rules.draftOf', { n: draft.baseVersion, who: draft.author, at: at(draft.updatedAt) })}
        </span>
        <div className="backfill-actions">
          <EditAsJson />
          <Popconfirm
            title={t('rules.discardTitle')}
            onConfirm={() => send(`/api/ruleset/draft?revision=${revision}`, undefined, 'DELETE')}
          >
            <Button size="small" danger>
              {t('rules.discard')}
            </Button>
          </Popconfirm>
        </div>
      </header>
      {draft.stale && (
        <p className="turnover-note">
          {t('rules.stale')}
          <Button size="small" type="link" onClick={() => send('/api/ruleset/draft/rebase', { revision })}>
            {t('rules.rebase')}
          </Button>
        </p>
      )}
      {draft.diagnostics.map((one) => (
        <p key={`${one.field} ${one.code}`} className="turnover-note">
          <code>{one.field}</code> {say(one.message)} {say(one.next)}
        </p>
      ))}
      {!wrong && (
        <RulesDiff
          changes={draft.changes}
          actions={(change) => <ChangeActions change={change} draft={draft} current={current} send={send} />}
        />
      )}
      <footer>
        <Button
          disabled={wrong}
          loading={act.isPending}
          onClick={() => send('/api/backfills/dry-run', { of: 'draft' })}
        >
          {t('rules.dryRun')}
        </Button>
        <Input
          value={note}
          maxLength={500}
          placeholder={t('rules.note')}
          aria-label={t('rules.note')}
          onChange={(e) => setNote(e.target.value)}
        />
        <Popconfirm
          title={t('rules.publishTitle')}
          description={t('rules.publishText')}
          onConfirm={() => send('/api/ruleset/draft/publish', { revision, note })}
        >
          <Button type="primary" disabled={wrong || draft.stale} loading={act.isPending}>
            {t('rules.publish')}
          </Button>
        </Popconfirm>
      </footer>
      {dryRun && <BackfillCard job={dryRun} rulesets={[draft.ruleset, current]} />}
    </section>
  );
}

/** Where a kind of change is edited by a form. */
const FORMS: Readonly<Record<string, (key: string) => string>> = {
  tag: (key) => `/tags/${encodeURIComponent(key)}/edit`,
  segment: (id) => `/segments/${encodeURIComponent(id)}/edit`,
};

/** What can be done with one change: go on with it, or take it back. */
function ChangeActions({
  change,
  draft,
  current,
  send,
}: {
  change: RulesetChange;
  draft: RulesDraft;
  current: Ruleset | undefined;
  send: (path: string, body: unknown, method: string) => void;
}) {
  const { t } = useWords();
  const form = change.op === 'removed' ? undefined : FORMS[change.what]?.(change.key);
  const back = current && withReverted(draft.ruleset, current, change);
  const { baseVersion, revision } = draft;
  return (
    <>
      {form && <Link to={form}>{t('rules.openEdit')}</Link>}
      {back && (
        <Button
          size="small"
          type="link"
          onClick={() => send('/api/ruleset/draft', { ruleset: back, baseVersion, revision }, 'PUT')}
        >
          {t('rules.revert')}
        </Button>
      )}
    </>
  );
}
