import { Link } from 'react-router';
import { useCustomer, useMessages } from '../api/customers.ts';
import type { Run } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { EndReason } from '../ui/end-reason.tsx';
import { ReasonText } from '../ui/reason.tsx';
import { useTime } from '../ui/time.ts';
import { CauseText } from './cause-text.tsx';

/** At the left of a run: why she is here, what she waits for, what she was told and what she was not. */
export function WhyHere({ run }: { run: Run }) {
  const { t } = useWords();
  const voice = useVoice();
  const { at, ago, zone } = useTime();
  const { enrolment, document } = run;
  const customer = useCustomer(enrolment.customer);
  const messages = useMessages(enrolment.customer);
  const cause = enrolment.cause;
  const waiting = [...run.steps].reverse().find((s) => s.exitedAt === undefined);
  const here = document.nodes.find((n) => n.id === (waiting?.node ?? enrolment.at));
  const mine = (messages.data?.items ?? []).filter((m) => m.enrolment === enrolment.id);
  const name = customer.data?.traits['name'];
  return (
    <aside className="why" aria-label={t('run.why')}>
      <h3>{t('run.who')}</h3>
      <p>
        <Link to={`/customers/${encodeURIComponent(enrolment.customer)}`}>
          {typeof name === 'string' ? name : enrolment.customer}
        </Link>
      </p>
      <h3>{t('run.why')}</h3>
      {cause && (
        <p>
          <CauseText cause={cause} />
          <small>{at(cause.at ?? enrolment.enteredAt)}</small>
        </p>
      )}
      {cause?.messageId && (
        <p>
          <small>{t('run.evidence')}</small>
          <code>{cause.messageId}</code>
        </p>
      )}
      <h3>{t('run.now')}</h3>
      {enrolment.status === 'active' ? (
        <p>
          {here && <b>{cardOf(here, voice).title}</b>}
          {enrolment.held && <ReasonText reason={enrolment.held.reason} why={enrolment.held.why} />}
          {waiting?.waitingUntil && (
            <small>{t('run.waitingUntil', { at: at(waiting.waitingUntil), left: ago(waiting.waitingUntil) })}</small>
          )}
        </p>
      ) : (
        <p>
          {t(`enrolment.${enrolment.status}`)}
          <small>{at(enrolment.endedAt)}</small>
          <EndReason enrolment={enrolment} />
        </p>
      )}
      <h3>{t('run.messages')}</h3>
      {mine.length === 0 && <p className="muted">{t('run.noMessages')}</p>}
      {mine.map((m) => (
        <p key={m.id}>
          {m.title ?? m.body?.slice(0, 28) ?? m.channel}
          <small>
            {t(`message.${m.status}`)} · {at(m.at)}
          </small>
          {m.reason && <ReasonText reason={m.reason} why={m.why} />}
        </p>
      ))}
      <p className="why-zone">
        <small>{t('time.zone', { zone })}</small>
      </p>
    </aside>
  );
}
