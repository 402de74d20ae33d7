import { Link } from 'react-router';
import { useMessages } from '../api/customers.ts';
import { useJourneys } from '../api/journeys.ts';
import { useWords } from '../i18n/index.ts';
import { ReasonText } from '../ui/reason.tsx';
import { useTime } from '../ui/time.ts';

/** What she was told, and what she was not told and why. */
export function HerMessages({ id }: { id: string }) {
  const { t } = useWords();
  const { at } = useTime();
  const messages = useMessages(id);
  const journeys = useJourneys().data?.items ?? [];
  const nameOf = (journey: string): string => journeys.find((one) => one.id === journey)?.name ?? journey;
  const items = messages.data?.items ?? [];
  if (!messages.isPending && items.length === 0) return <p className="muted tab-note">{t('customers.noMessages')}</p>;
  return (
    <ul className="lines">
      {items.map((m) => (
        <li key={m.id}>
          <time>{at(m.at)}</time>
          <span>
            {m.title && <b>{m.title} </b>}
            {m.body}
            {!m.title && !m.body && <b>{nameOf(m.journey)}</b>}
            {m.reason && <ReasonText reason={m.reason} why={m.why} />}
            {m.enrolment && (
              <small>
                <Link to={`/executions/${encodeURIComponent(id)}/${encodeURIComponent(m.enrolment)}`}>
                  {nameOf(m.journey)}
                </Link>
              </small>
            )}
          </span>
          <span className={`pill ${m.status === 'sent' ? 'good' : m.status === 'failed' ? 'bad' : 'warn'}`}>
            {t(`message.${m.status}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}
