import { App, Button, Popconfirm, Progress } from 'antd';
import type { BackfillShown, Ruleset } from '../../../../shared/tags/index.ts';
import { useRulesCall } from '../../api/rules.ts';
import { useWords } from '../../i18n/index.ts';
import { reasonOf } from '../../ui/states.tsx';
import { useTime } from '../../ui/time.ts';
import { Turnovers } from './turnovers.tsx';

const TONE = { running: 'wait', paused: 'warn', done: 'good', undone: '', failed: 'bad' } as const;

/** A dry run or backfill: how far it is, what came of it, and what can be done with it. */
export function BackfillCard({ job, rulesets }: { job: BackfillShown; rulesets: readonly (Ruleset | undefined)[] }) {
  const { t, say } = useWords();
  const { at } = useTime();
  const { message } = App.useApp();
  const act = useRulesCall();
  const tell = (what: string): void =>
    act.mutate(
      { path: `/api/backfills/${job.id}/${what}`, body: {} },
      { onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')) },
    );
  const open = job.status === 'running' || job.status === 'paused';
  const kind = job.dryRun ? 'dryRun' : job.doing === 'undo' ? 'undo' : 'backfill';
  const of = job.of === 'draft' ? t('rules.ofDraft') : t('version', { n: job.version });
  return (
    <section className="panel backfill" aria-label={t(`rules.kind.${kind}`)}>
      <header>
        <b>{t(`rules.kind.${kind}`)}</b>
        <span className={`pill ${TONE[job.status]}`}>{t(`rules.status.${job.status}`)}</span>
        <span className="muted">
          {of} · {job.author} · {at(job.createdAt)}
        </span>
        <div className="backfill-actions">
          {!job.dryRun && job.status === 'running' && (
            <Button size="small" onClick={() => tell('pause')} loading={act.isPending}>
              {t('rules.pause')}
            </Button>
          )}
          {!job.dryRun && job.status === 'paused' && (
            <Button size="small" type="primary" onClick={() => tell('resume')} loading={act.isPending}>
              {t('rules.resume')}
            </Button>
          )}
          {job.doing === 'apply' && (
            <Popconfirm title={t('rules.undoTitle')} description={t('rules.undoText')} onConfirm={() => tell('undo')}>
              <Button size="small" danger loading={act.isPending}>
                {t('rules.undo')}
              </Button>
            </Popconfirm>
          )}
        </div>
      </header>
      {open && (
        <div className="backfill-progress">
          <Progress
            percent={Math.floor((job.tally.seen / Math.max(1, job.total)) * 100)}
            status={job.status === 'paused' ? 'normal' : 'active'}
            aria-label={t(`rules.kind.${kind}`)}
          />
          <span className="muted">
            {t('rules.progress', {
              seen: job.tally.seen.toLocaleString(),
              total: job.total.toLocaleString(),
              rate: job.rate.toLocaleString(),
            })}
          </span>
        </div>
      )}
      {job.problem && (
        <p className="turnover-note">
          {say(job.problem.message)} {say(job.problem.next)}
        </p>
      )}
      <p className="backfill-sum">
        {t(`rules.sum.${kind}`, { n: job.tally.changed.toLocaleString(), of: job.tally.worked.toLocaleString() })}
      </p>
      <Turnovers job={job} rulesets={rulesets} />
    </section>
  );
}
