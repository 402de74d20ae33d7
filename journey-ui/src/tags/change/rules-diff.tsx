import type { ReactNode } from 'react';
import type { RulesetChange } from '../../../../shared/tags/index.ts';
import { useWords } from '../../i18n/index.ts';
import { ChangeList } from '../../ui/change-list.tsx';

interface Props {
  readonly changes: readonly RulesetChange[];
  /** What can be done with one of them. */
  readonly actions?: (change: RulesetChange) => ReactNode;
}

/** What differs between two versions of the rules. */
export function RulesDiff({ changes, actions }: Props) {
  const { t } = useWords();
  const kindOf = ({ what }: RulesetChange): string => t(`rules.what.${what}`);
  return <ChangeList changes={changes} kindOf={kindOf} same={t('rules.same')} actions={actions} />;
}
