import { App, Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { parseRuleset, type Ruleset } from '../../../../shared/tags/index.ts';
import { useRulesCall } from '../../api/rules.ts';
import { useWords } from '../../i18n/index.ts';
import { reasonOf } from '../../ui/states.tsx';

/** The ruleset as JSON, checked while it is written; kept as the draft, in force only once it is published. */
export function DraftEditor({
  ruleset,
  baseVersion,
  revision,
  onClose,
}: {
  ruleset: Ruleset;
  baseVersion: number;
  revision: number;
  onClose: () => void;
}) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [text, setText] = useState(() => JSON.stringify({ ...ruleset, version: undefined }, null, 2));
  const act = useRulesCall();
  const json = jsonOf(text);
  const parsed = json === undefined ? undefined : parseRuleset({ ...json, version: baseVersion + 1 });
  const problems = parsed?.ok === false ? parsed.diagnostics : [];
  const save = (): void =>
    act.mutate(
      { method: 'PUT', path: '/api/ruleset/draft', body: { ruleset: json, baseVersion, revision } },
      { onSuccess: onClose, onError: (error) => message.error(say(reasonOf(error)) || t('failed.offline')) },
    );
  return (
    <Drawer
      open
      onClose={onClose}
      size={760}
      title={t('rules.editTitle')}
      extra={
        <Button type="primary" disabled={json === undefined} loading={act.isPending} onClick={save}>
          {t('rules.keep')}
        </Button>
      }
    >
      <p className="muted">{t('rules.editText')}</p>
      {json === undefined && <p className="turnover-note">{t('rules.notJson')}</p>}
      {problems.slice(0, 8).map((one) => (
        <p key={`${one.field} ${one.code}`} className="turnover-note">
          <code>{one.field}</code> {say(one.message)} {say(one.next)}
        </p>
      ))}
      <Input.TextArea
        className="rules-json"
        value={text}
        spellCheck={false}
        aria-label={t('rules.editTitle')}
        autoSize={{ minRows: 24, maxRows: 40 }}
        onChange={(e) => setText(e.target.value)}
      />
    </Drawer>
  );
}

function jsonOf(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return json !== null && typeof json === 'object' ? json : undefined;
  } catch {
    return undefined;
  }
}
