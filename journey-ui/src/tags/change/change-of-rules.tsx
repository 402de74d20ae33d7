import { App, Button, Checkbox, Popconfirm } from 'antd';
import { useState } from 'react';
import { useBackfills, useRulesCall, useRulesDraft, useRuleset } from '../../api/rules.ts';
import { useWords } from '../../i18n/index.ts';
import { reasonOf } from '../../ui/states.tsx';
import { BackfillCard } from './backfill-card.tsx';
import { DraftBanner } from './draft-banner.tsx';
import { DraftEditor } from './draft-editor.tsx';
import './change.css';

/** The way from a draft to rules in force and back: on top of the tags that they are about. */
export function ChangeOfRules() {
  const draft = useRulesDraft().data;
  const current = useRuleset().data;
  const jobs = useBackfills().data?.items ?? [];
  const [editing, setEditing] = useState(false);
  const dryRun = jobs.find((job) => job.dryRun && job.of === 'draft' && job.createdAt >= (draft?.updatedAt ?? ''));
  const backfill = jobs.find((job) => !job.dryRun);
  return (
    <div className="change-of-rules">
      {draft && <DraftBanner draft={draft} dryRun={dryRun} current={current} onEdit={() => setEditing(true)} />}
      {current !== undefined && current.version > 0 && (
        <Start
          version={current.version}
          // The first version has nothing to make up for; what a backfill has done needs no other.
          offer={current.version > 1 && (backfill === undefined || backfill.version !== current.version)}
          onEdit={draft ? undefined : () => setEditing(true)}
        />
      )}
      {backfill && <BackfillCard job={backfill} rulesets={[current]} />}
      {editing && current !== undefined && (
        <DraftEditor
          ruleset={draft?.ruleset ?? current}
          baseVersion={draft?.baseVersion ?? current.version}
          revision={draft?.revision ?? 0}
          onClose={() => setEditing(false)}
        />
      )}
    </div>
  );
}

function Start({ version, offer, onEdit }: { version: number; offer: boolean; onEdit: (() => void) | undefined }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [announce, setAnnounce] = useState(false);
  const act = useRulesCall();
  if (!offer && onEdit === undefined) return null;
  const begin = (): void =>
    act.mutate(
      { path: '/api/backfills', body: { version, announce } },
      { onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')) },
    );
  return (
    <div className={offer ? 'panel rules-start' : 'rules-start'}>
      {offer && (
        <>
          <p>
            <b>{t('rules.offer', { n: version })}</b>
            <span className="muted">{t('rules.offerText')}</span>
          </p>
          <Checkbox checked={announce} onChange={(e) => setAnnounce(e.target.checked)}>
            {t('rules.announce')}
          </Checkbox>
          <Popconfirm title={t('rules.backfillTitle')} onConfirm={begin}>
            <Button type="primary" loading={act.isPending}>
              {t('rules.backfill')}
            </Button>
          </Popconfirm>
        </>
      )}
      {onEdit && <Button onClick={onEdit}>{t('rules.change')}</Button>}
    </div>
  );
}
