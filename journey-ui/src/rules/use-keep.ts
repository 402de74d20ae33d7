import { App } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Ruleset } from '../../../shared/tags/index.ts';
import { useWords } from '../i18n/index.ts';
import { reasonOf } from '../ui/states.tsx';
import type { useWorkingRules } from './use-working-rules.ts';

/** Keeps rules as the draft and goes on to a page; `tried` once somebody wanted to, whether or not they were sound. */
export function useKeep(rules: ReturnType<typeof useWorkingRules>, to: string) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [tried, setTried] = useState(false);
  const keep = async (next: Ruleset): Promise<void> => {
    try {
      await rules.save(next);
      message.success(t('edit.kept'));
      navigate(to);
    } catch (error) {
      message.error(say(reasonOf(error)) || t('failed.offline'));
    }
  };
  const tryToKeep = (next: Ruleset, wrong: boolean): void => {
    setTried(true);
    if (wrong) message.warning(t('edit.notYet'));
    else void keep(next);
  };
  return { tried, keep, tryToKeep };
}
