import type { Segments } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { share } from './share.ts';

/** How many are in each two segments at once, the deeper the more: of the smaller of the two. */
export function Overlaps({ items, overlaps }: Pick<Segments, 'items' | 'overlaps'>) {
  const { t, say } = useWords();
  const both = (a: string, b: string): number =>
    overlaps.find(({ of }) => of.includes(a) && of.includes(b))?.count ?? 0;
  return (
    <section className="panel overlaps">
      <h2>{t('segments.overlaps')}</h2>
      <div className="panel-body">
        <p className="muted">{t('segments.overlapsText')}</p>
        <div className="overlaps-scroll">
          <table>
            <thead>
              <tr>
                <td />
                {items.map(({ id, name }) => (
                  <th key={id} scope="col">
                    {say(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((row, i) => (
                <tr key={row.id}>
                  <th scope="row">{say(row.name)}</th>
                  {items.map((column, j) => (
                    <Cell
                      key={column.id}
                      itself={i === j}
                      count={i === j ? row.count : both(row.id, column.id)}
                      of={Math.min(row.count, column.count)}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

function Cell({ itself, count, of }: { itself: boolean; count: number; of: number }) {
  if (itself) return <td className="itself">{count.toLocaleString()}</td>;
  const depth = of === 0 ? 0 : count / of;
  return (
    <td
      style={{ '--depth': `${Math.round(depth * 70)}%` } as React.CSSProperties}
      className={count === 0 ? 'no' : 'yes'}
    >
      {count.toLocaleString()}
      {count > 0 && <small>{share(count, of)}</small>}
    </td>
  );
}
