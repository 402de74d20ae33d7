import type { FamilyItem, SegmentItem } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { Precedence } from './precedence.tsx';
import { share } from './share.ts';

/** Who belongs where: of the segments that somebody is in, the first in the order counts, so nobody is counted twice. */
export function Belonging({
  family,
  items,
  customers,
}: {
  family: FamilyItem;
  items: readonly SegmentItem[];
  customers: number;
}) {
  const { t, say } = useWords();
  const parts = family.order.map((id, place) => ({
    id,
    place,
    name: say(items.find((segment) => segment.id === id)?.name) || id,
    count: family.belonging[id] ?? 0,
  }));
  const rest = Math.max(0, customers - parts.reduce((sum, { count }) => sum + count, 0));
  return (
    <section className="panel belonging">
      <header className="belonging-head">
        <h2 className="section-title">{say(family.name)}</h2>
        <Precedence family={family.id} />
      </header>
      <div className="panel-body">
        <p className="muted">{t('segments.belongingText')}</p>
        <div className="belonging-bar" aria-hidden="true">
          {parts.map(({ id, place, count }) => (
            <span key={id} className={`shade-${place % 6}`} style={{ flexGrow: count }} />
          ))}
          <span className="shade-none" style={{ flexGrow: rest }} />
        </div>
        <ol className="belonging-list">
          {parts.map(({ id, place, name, count }) => (
            <li key={id}>
              <i className={`shade-${place % 6}`} />
              <span>
                <small>{place + 1}</small> {name}
              </span>
              <b>{count.toLocaleString()}</b>
              <small className="muted">{share(count, customers)}</small>
            </li>
          ))}
          <li>
            <i className="shade-none" />
            <span>{t('segments.inNone')}</span>
            <b>{rest.toLocaleString()}</b>
            <small className="muted">{share(rest, customers)}</small>
          </li>
        </ol>
      </div>
    </section>
  );
}
