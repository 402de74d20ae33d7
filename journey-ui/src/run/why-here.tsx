import { Link } from 'react-router';
import { useCustomer, useMessages } from '../api/customers.ts';
import type { Run } from '../api/types.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { Copyable } from '../ui/copyable.tsx';
import { EndReason } from '../ui/end-reason.tsx';
import { ReasonText } from '../ui/reason.tsx';
import { useTime } from '../ui/time.ts';
import { AwsSide } from './aws-side.tsx';
import { CauseText } from './cause-text.tsx';

/** At the left of a run: why she is here, what she waits for, what she was told and what she was not. */
export function WhyHere({ run, onGo }: { run: Run; onGo: (node: string) => void }) {
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
  const titleOf = (id: string | undefined): string | undefined => {
    const node = document.nodes.find((n) => n.id === id);
    return node && cardOf(node, voice).title;
  };
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
          <Copyable label={t('run.evidence')} value={cause.messageId} />
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
          {enrolment.status === 'failed' && enrolment.at !== undefined && titleOf(enrolment.at) !== undefined && (
            <button type="button" className="plain link" onClick={() => onGo(enrolment.at ?? '')}>
              {t('run.stoodAt', { step: titleOf(enrolment.at) })}
            </button>
          )}
        </p>
      )}
      <h3>{t('run.messages')}</h3>
      {mine.length === 0 && <p className="muted">{t('run.noMessages')}</p>}
      {mine.map((m) => (
        <p key={m.id}>
          {titleOf(m.node) === undefined ? (
            (m.title ?? m.body?.slice(0, 28) ?? m.channel)
          ) : (
            <button type="button" className="plain link" onClick={() => onGo(m.node ?? '')}>
              {titleOf(m.node)}
            </button>
          )}
          <small>
            {t(`message.${m.status}`)} · {at(m.at)}
          </small>
          {m.reason && <ReasonText reason={m.reason} why={m.why} />}
        </p>
      ))}
      {run.executionArn && <AwsSide arn={run.executionArn} />}
      <p className="why-zone">
        <small>{t('time.zone', { zone })}</small>
      </p>
    </aside>
  );
}
