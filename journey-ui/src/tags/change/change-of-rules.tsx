import { App, Button, Checkbox, Popconfirm } from 'antd';
import { useState } from 'react';
import { useBackfills, useRulesCall, useRulesDraft, useRuleset } from '../../api/rules.ts';
import { useWords } from '../../i18n/index.ts';
import { reasonOf } from '../../ui/states.tsx';
import { BackfillCard } from './backfill-card.tsx';
import { DraftBanner } from './draft-banner.tsx';
import './change.css';

/** The way from a draft to rules in force and back: on top of the tags that they are about. */
export function ChangeOfRules() {
  const draft = useRulesDraft().data;
  const current = useRuleset().data;
  const jobs = useBackfills().data?.items ?? [];
  const dryRun = jobs.find((job) => job.dryRun && job.of === 'draft' && job.createdAt >= (draft?.updatedAt ?? ''));
  const backfill = jobs.find((job) => !job.dryRun);
  return (
    <div className="change-of-rules">
      {draft && <DraftBanner draft={draft} dryRun={dryRun} current={current} />}
      {current !== undefined && current.version > 0 && (
        <Start
          version={current.version}
          // The first version has nothing to make up for; what a backfill has done needs no other.
          offer={current.version > 1 && (backfill === undefined || backfill.version !== current.version)}
        />
      )}
      {backfill && <BackfillCard job={backfill} rulesets={[current]} />}
    </div>
  );
}

function Start({ version, offer }: { version: number; offer: boolean }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [announce, setAnnounce] = useState(false);
  const act = useRulesCall();
  if (!offer) return null;
  const begin = (): void =>
    act.mutate(
      { path: '/api/backfills', body: { version, announce } },
      { onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')) },
    );
  return (
    <div className="panel rules-start">
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
    </div>
  );
}
