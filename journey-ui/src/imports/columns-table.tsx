import { Select } from 'antd';
import { IMPORT_KINDS } from '../../../shared/imports/index.ts';
import { useWords } from '../i18n/index.ts';
import type { Column } from './columns.ts';

/** The first rows as they stand in the file; above each column what it is taken for, to be corrected. */
export function ColumnsTable({
  kind,
  headings,
  samples,
  columns,
  onColumn,
}: {
  kind: string;
  headings: readonly string[];
  samples: readonly (readonly string[])[];
  columns: readonly Column[];
  onColumn: (place: number, column: Column) => void;
}) {
  const { t, say } = useWords();
  const { fields, needs, own } = IMPORT_KINDS.find(({ id }) => id === kind)!;
  const needed = (id: string) => needs.some((need) => need.length === 1 && need.includes(id));
  const options = [
    { value: '#own', label: say(own) },
    { value: '#leave', label: t('imports.leave') },
    ...fields.map(({ id, name, help }) => ({
      value: id,
      label: needed(id) ? t('imports.needed', { name: say(name) }) : say(name),
      title: say(help ?? name),
    })),
  ];
  const known = columns.filter((column) => typeof column === 'object').length;
  return (
    <section className="panel import-columns">
      <h2>
        {t('imports.columns')} <small>{t('imports.columnsText', { known, of: headings.length })}</small>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="columns-scroll" tabIndex={0} aria-label={t('imports.columns')}>
        <table>
          <thead>
            <tr>
              {headings.map((heading, place) => {
                const column = columns[place] ?? 'leave';
                const className = typeof column === 'object' ? 'known' : column;
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; headings may repeat
                  <th key={place} scope="col" className={className}>
                    <span className="column-heading">{heading || t('imports.noHeading')}</span>
                    <Select
                      size="small"
                      aria-label={t('imports.columnIs', { name: heading || String(place + 1) })}
                      value={typeof column === 'object' ? column.field : `#${column}`}
                      options={options}
                      showSearch={{ optionFilterProp: 'label' }}
                      popupMatchSelectWidth={false}
                      onChange={(value: string) =>
                        onColumn(place, value === '#own' ? 'own' : value === '#leave' ? 'leave' : { field: value })
                      }
                    />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {samples.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows as they stand in the file
              <tr key={row}>
                {headings.map((_, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={place} className={columns[place] === 'leave' ? 'leave' : ''} title={cells[place]}>
                    {cells[place]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
