import { diffJourneys, type Journey } from '../../../shared/journey/index.ts';
import { useNames } from '../api/use-names.ts';
import { useWords } from '../i18n/index.ts';
import { ChangeList } from '../ui/change-list.tsx';

/** What this version does differently from the one that runs now. */
export function Changes({ before, after }: { before: Journey | undefined; after: Journey }) {
  const { t } = useWords();
  const names = useNames();
  if (!before) return <p className="muted">{t('publish.firstVersion', { n: after.nodes.length })}</p>;
  return (
    <ChangeList
      changes={diffJourneys(before, after, names)}
      kindOf={({ what }) => t(`drawer.what.${what}`)}
      same={t('publish.noChanges')}
    />
  );
}
