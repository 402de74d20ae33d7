import { CheckCircleFilled, StopOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { Journey } from '../../../shared/journey/index.ts';
import { useCustomers } from '../api/customers.ts';
import { type PreviewOf, type PreviewShown, usePreview } from '../api/journeys.ts';
import { useSegments } from '../api/segments.ts';
import { useWords } from '../i18n/index.ts';
import { CauseText } from '../run/cause-text.tsx';
import { ReasonText } from '../ui/reason.tsx';
import { Failure } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import './customer-preview.css';

/** The card's message as one customer would read it now: her own words, what is missing, what would stop it. */
export function CustomerPreview({ journey, node }: { journey: Journey; node: string }) {
  const { t, say } = useWords();
  const segments = useSegments().data?.items ?? [];
  const [q, setQ] = useState('');
  const [of, setOf] = useState<PreviewOf>();
  const found = useCustomers({ q: useDeferredValue(q) }).data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = usePreview(useDeferredValue(journey), node, of);
  const who = shown.data?.customer;
  const options = [
    {
      label: t('preview.segments'),
      options: segments.map(({ id, name }) => ({ value: `segment ${id}`, label: say(name) })),
    },
    {
      label: t('preview.customers'),
      options: found.map(({ id, name }) => ({ value: `customer ${id}`, label: name ? `${name} · ${id}` : id })),
    },
  ];
  return (
    <section className="customer-preview">
      <label className="field-label" htmlFor="preview-of">
        {t('preview.title')}
      </label>
      <div className="preview-choice">
        <Select
          id="preview-of"
          showSearch={{ onSearch: setQ, filterOption: (text, option) => matches(text, String(option?.label ?? '')) }}
          allowClear
          placeholder={t('preview.hint')}
          value={of && ('segment' in of ? `segment ${of.segment}` : `customer ${of.customer}`)}
          options={options}
          onChange={(value?: string) => setOf(chosen(value))}
        />
        {of !== undefined && 'segment' in of && (
          <Button
            disabled={shown.data === undefined}
            onClick={() => setOf({ segment: of.segment, ...(shown.data?.cursor && { cursor: shown.data.cursor }) })}
          >
            {t('preview.another')}
          </Button>
        )}
      </div>
      {of !== undefined && shown.error && <Failure error={shown.error} />}
      {of !== undefined && shown.data && (
        <>
          <p className="preview-note">
            <b>{who?.name ?? who?.id}</b> · <Because cause={shown.data.cause} />
          </p>
          {shown.data.messages.map((message) => (
            <Shown key={message.channel} message={message} />
          ))}
        </>
      )}
    </section>
  );
}

const matches = (text: string, label: string): boolean => label.toLowerCase().includes(text.toLowerCase());

function chosen(value: string | undefined): PreviewOf | undefined {
  const [kind, ...id] = (value ?? '').split(' ');
  if (kind === 'segment') return { segment: id.join(' ') };
  return kind === 'customer' ? { customer: id.join(' ') } : undefined;
}

function Because({ cause }: { cause: PreviewShown['cause'] }) {
  const { t } = useWords();
  const { at } = useTime();
  if (cause === undefined) return <span>{t('preview.noCause')}</span>;
  return (
    <span>
      <CauseText cause={cause} /> {at(cause.at)}
    </span>
  );
}

function Shown({ message }: { message: PreviewShown['messages'][number] }) {
  const { t, say } = useWords();
  const { rendered, missing, stops } = message;
  return (
    <>
      <div className="phone">
        {rendered.ok ? (
          <div className="bubble">
            {rendered.title && <b>{rendered.title}</b>}
            {rendered.body}
          </div>
        ) : (
          <p className="field-problem warning">{say(rendered.words)}</p>
        )}
      </div>
      {missing.length > 0 && (
        <ul className="preview-missing">
          {missing.map(({ name, covered }) => (
            <li key={name} className={covered ? 'covered' : ''}>
              <code>{name}</code> {t(covered ? 'preview.covered' : 'preview.missing')}
            </li>
          ))}
        </ul>
      )}
      {stops.length === 0 ? (
        <p className="preview-free">
          <CheckCircleFilled /> {t('preview.free')}
        </p>
      ) : (
        <ul className="preview-stops" aria-label={t('preview.stopped')}>
          {stops.map(({ reason, why }) => (
            <li key={reason}>
              <StopOutlined aria-hidden="true" />
              <span>
                <ReasonText reason={reason} why={why} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
