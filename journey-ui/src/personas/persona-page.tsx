import { DownloadOutlined, PrinterOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { useTags } from '../api/customers.ts';
import { type Persona, type PersonaWho, usePersona } from '../api/personas.ts';
import { useSegments } from '../api/segments.ts';
import { saveFile } from '../editor/download.ts';
import { useWords } from '../i18n/index.ts';
import { share } from '../segments/share.ts';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import { DimensionCard } from './dimension-card.tsx';
import { personaCsv } from './persona-csv.ts';
import './personas.css';
import { ToButton } from '../ui/to-button.tsx';

/** What the members of a segment are like, dimension by dimension: to be read, printed, taken along. */
export function PersonaPage() {
  const { t, say, language } = useWords();
  const [params, setParams] = useSearchParams();
  const who: PersonaWho = Object.fromEntries([...params].filter(([name]) => name === 'segment' || name === 'tag'));
  const persona = usePersona(who);
  const name = persona.data?.name === undefined ? t('personas.everybody') : say(persona.data.name);
  const csv = (data: Persona): void => {
    const headings = ['dimension', 'value', 'people', 'share', 'low', 'high'].map((one) => t(`personas.csv.${one}`));
    const text = personaCsv(data, language, { headings, none: t('personas.none') });
    saveFile(new Blob([text], { type: 'text/csv;charset=utf-8' }), `persona-${who.segment ?? who.tag ?? 'all'}.csv`);
  };
  return (
    <Page
      title={t('personas.title', { name })}
      lead={persona.data?.goal ? t('segments.goal', { text: say(persona.data.goal) }) : t('personas.lead')}
      actions={
        <div className="persona-actions">
          <Choose who={who} onChange={(next) => setParams({ ...next }, { replace: true })} />
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('personas.print')}
          </Button>
          <Button
            icon={<DownloadOutlined />}
            disabled={persona.data === undefined}
            onClick={() => persona.data && csv(persona.data)}
          >
            {t('personas.export')}
          </Button>
        </div>
      }
    >
      {persona.error && <Failure error={persona.error} onRetry={() => persona.refetch()} />}
      {persona.isPending && <Loading />}
      {persona.data && <Sheet persona={persona.data} />}
    </Page>
  );
}

function Sheet({ persona }: { persona: Persona }) {
  const { t, say } = useWords();
  const { at } = useTime();
  const { total, exact, sampled, dimensions, left } = persona;
  if (total === 0 || dimensions.length === 0)
    return (
      <Empty icon={<TeamOutlined />} title={t('personas.emptyTitle')} text={t('personas.emptyText')}>
        <ToButton to="/customers">{t('toCustomers')}</ToButton>
      </Empty>
    );
  return (
    <>
      <div className="panel persona-head">
        <p className="persona-total">
          <b>{total.toLocaleString()}</b> {t('personas.people')}
        </p>
        <Typical persona={persona} />
        <p className="muted">
          {exact
            ? t('personas.exact', { at: at(persona.at) })
            : t('personas.sampled', { n: sampled, at: at(persona.at) })}
        </p>
      </div>
      <div className="persona-grid">
        {dimensions.map((one) => (
          <DimensionCard key={one.id} dimension={one} total={total} />
        ))}
      </div>
      {left.length > 0 && (
        <p className="muted persona-left">
          {t('personas.left', { n: dimensions.length, names: left.map(say).join(t('personas.and')) })}
        </p>
      )}
    </>
  );
}

/** More than half of them: then it is what she is like. */
const TYPICAL = 0.5;

function Typical({ persona: { dimensions, total } }: { persona: Persona }) {
  const { t, say } = useWords();
  const said = dimensions.flatMap(({ values }) => {
    const first = values.toSorted((a, b) => b.count - a.count)[0];
    return first !== undefined && first.count / total > TYPICAL ? [{ ...first, part: share(first.count, total) }] : [];
  });
  if (said.length === 0) return <p>{t('personas.mixed')}</p>;
  return (
    <p className="persona-typical">
      {t('personas.typical')}
      {said.map((one) => (
        <span key={one.key} className="pill good">
          {say(one.name)} <b>{one.part}</b>
        </span>
      ))}
    </p>
  );
}

function Choose({ who, onChange }: { who: PersonaWho; onChange: (who: PersonaWho) => void }) {
  const { t, say } = useWords();
  const segments = useSegments().data?.items ?? [];
  const tags = useTags().data?.items ?? [];
  const value = who.segment !== undefined ? `segment/${who.segment}` : who.tag !== undefined ? `tag/${who.tag}` : 'all';
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('personas.who')}
      value={value}
      style={{ width: 220 }}
      options={[
        { value: 'all', label: t('personas.everybody') },
        {
          label: t('nav.segments'),
          options: segments.map(({ id, name }) => ({ value: `segment/${id}`, label: say(name) })),
        },
        { label: t('nav.tags'), options: tags.map(({ key, name }) => ({ value: `tag/${key}`, label: say(name) })) },
      ]}
      onChange={(next: string) => {
        const [kind, ...rest] = next.split('/');
        onChange(kind === 'all' ? {} : { [kind as 'segment' | 'tag']: rest.join('/') });
      }}
    />
  );
}
