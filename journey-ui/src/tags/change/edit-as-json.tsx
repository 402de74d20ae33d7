import { Button } from 'antd';
import { useState } from 'react';
import { useRulesDraft, useRuleset } from '../../api/rules.ts';
import { useWords } from '../../i18n/index.ts';
import { DraftEditor } from './draft-editor.tsx';

/** The draft (or what would be one) as JSON, for who wants to see or paste all of it. */
export function EditAsJson() {
  const { t } = useWords();
  const draft = useRulesDraft().data;
  const current = useRuleset().data;
  const [open, setOpen] = useState(false);
  if (current === undefined) return null;
  return (
    <>
      <Button size="small" type="text" onClick={() => setOpen(true)}>
        {t('rules.json')}
      </Button>
      {open && (
        <DraftEditor
          ruleset={draft?.ruleset ?? current}
          baseVersion={draft?.baseVersion ?? current.version}
          revision={draft?.revision ?? 0}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
