import { Link } from 'react-router';
import type { Customer, OtherId } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { useEventName } from '../ui/event-name.ts';
import { useTime } from '../ui/time.ts';

/** Under which ids she is known: since when, by which event, by which rule; and which ids are somebody else's. */
export function Identity({ identity: { merged, apart } }: Pick<Customer, 'identity'>) {
  const { t } = useWords();
  const none = merged.length + apart.length === 0;
  return (
    <section className="panel">
      <h2>{t('customers.identity')}</h2>
      <div className="panel-body">
        {none && <p className="muted">{t('customers.oneId')}</p>}
        <ul className="other-ids">
          {[...merged, ...apart].map((other) => (
            <Other key={`${other.id} ${other.owner ?? ''}`} other={other} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Other({ other: { id, at: when, event, messageId, through, owner, why } }: { other: OtherId }) {
  const { t, say } = useWords();
  const eventName = useEventName();
  const { at } = useTime();
  return (
    <li>
      <b className="mono">{id}</b>
      {owner !== undefined && (
        <span>
          {t('customers.apart')} <Link to={`/customers/${encodeURIComponent(owner)}`}>{owner}</Link>
        </span>
      )}
      {owner === undefined && (
        <small>
          {t('customers.mergedAt', {
            at: at(when),
            event: eventName(event),
            message: messageId,
          })}
        </small>
      )}
      {through !== undefined && <small>{t('customers.through', { id: through })}</small>}
      <small className="muted">{say(why)}</small>
    </li>
  );
}
