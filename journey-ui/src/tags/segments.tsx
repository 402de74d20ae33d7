import { sentence } from '../../../shared/rules/index.ts';
import type { SegmentDefinition } from '../../../shared/tags/index.ts';
import { useSegments } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { Failure } from '../ui/states.tsx';

/** The segments: who is in each, by its rule as a sentence, and what is wanted from them. */
export function Segments({ words }: { words: string }) {
  const { t } = useWords();
  const segments = useSegments();
  const found = (segments.data?.items ?? []).filter((segment) =>
    `${segment.id} ${segment.name.zh} ${segment.name.en}`.toLowerCase().includes(words.toLowerCase()),
  );
  if (segments.error) return <Failure error={segments.error} onRetry={() => segments.refetch()} />;
  if (found.length === 0) return null;
  return (
    <section className="tag-section">
      <h2>
        {t('tags.segments')} <small>{found.length}</small>
      </h2>
      <ul className="panel">
        {found.map((segment) => (
          <SegmentRow key={segment.id} segment={segment} />
        ))}
      </ul>
    </section>
  );
}

function SegmentRow({ segment }: { segment: SegmentDefinition }) {
  const { t, say } = useWords();
  return (
    <li className="tag-line segment-line">
      <div>
        <b>{say(segment.name)}</b>
        <code>{segment.id}</code>
      </div>
      <div>
        <p>{say(sentence(segment.when))}</p>
        <p className="muted">{t('tags.goal', { text: say(segment.goal) })}</p>
      </div>
    </li>
  );
}
