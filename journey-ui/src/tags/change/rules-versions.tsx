import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { type RulesVersion, useRulesCall, useRulesDiff, useRulesVersions } from '../../api/rules.ts';
import { useWords } from '../../i18n/index.ts';
import { reasonOf } from '../../ui/states.tsx';
import { useTime } from '../../ui/time.ts';
import { EditAsJson } from './edit-as-json.tsx';
import { RulesDiff } from './rules-diff.tsx';

const FEW = 5;

/** Every version: who published it when and why, what it changed, and the way back to it. */
export function RulesVersions() {
  const { t } = useWords();
  const versions = useRulesVersions().data;
  const [all, setAll] = useState(false);
  if (versions === undefined || versions.items.length === 0) return null;
  const shown = all ? versions.items : versions.items.slice(0, FEW);
  return (
    <section className="tag-section">
      <header className="rules-versions-head">
        <h2>
          {t('rules.versions')} <small>{versions.items.length}</small>
        </h2>
        <EditAsJson />
      </header>
      <ul className="panel rules-versions">
        {shown.map((one) => (
          <VersionRow key={one.version} one={one} current={versions.current} />
        ))}
      </ul>
      {!all && versions.items.length > FEW && (
        <div className="more">
          <Button size="small" onClick={() => setAll(true)}>
            {t('rules.allVersions')}
          </Button>
        </div>
      )}
    </section>
  );
}

function VersionRow({ one, current }: { one: RulesVersion; current: number }) {
  const { t, say } = useWords();
  const { at } = useTime();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const act = useRulesCall();
  const back = (): void =>
    act.mutate(
      { path: '/api/ruleset/rollback', body: { to: one.version, baseVersion: current } },
      { onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')) },
    );
  return (
    <li>
      <div className="rules-version">
        <b>{t('version', { n: one.version })}</b>
        <span>
          {one.of !== undefined && <span className="pill">{t('rules.backTo', { n: one.of })}</span>} {one.note}
        </span>
        <span className="muted">{[one.author, at(one.createdAt)].filter(Boolean).join(' · ')}</span>
        <span className="backfill-actions">
          {one.version === current && <span className="pill good">{t('rules.inForce')}</span>}
          <Button size="small" type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('rules.whatChanged')}
          </Button>
          {one.version !== current && (
            <Popconfirm
              title={t('rules.rollbackTitle', { n: one.version })}
              description={t('rules.publishText')}
              onConfirm={back}
            >
              <Button size="small" loading={act.isPending}>
                {t('rules.rollback')}
              </Button>
            </Popconfirm>
          )}
        </span>
      </div>
      {open && <VersionDiff version={one.version} />}
    </li>
  );
}

function VersionDiff({ version }: { version: number }) {
  const diff = useRulesDiff(version - 1, version);
  return diff.data === undefined ? null : (
    <div className="rules-version-diff">
      <RulesDiff changes={diff.data.items} />
    </div>
  );
}
