import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Customer, OtherId } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { useEventName } from '../ui/event-name.ts';
import { useTime } from '../ui/time.ts';
import { SeparateDialog } from './separate-dialog.tsx';

/** Under which ids she is known: since when, by which event, by which rule; and which ids are somebody else's. */
export function Identity({ id, identity: { merged, apart } }: Pick<Customer, 'id' | 'identity'>) {
  const { t } = useWords();
  const [separating, setSeparating] = useState<string>();
  const none = merged.length + apart.length === 0;
  return (
    <section className="panel">
      <h2>{t('customers.identity')}</h2>
      <div className="panel-body">
        {none && <p className="muted">{t('customers.oneId')}</p>}
        <ul className="other-ids">
          {[...merged, ...apart].map((other) => (
            <Other key={`${other.id} ${other.owner ?? ''}`} other={other} onSeparate={setSeparating} />
          ))}
        </ul>
      </div>
      {separating !== undefined && (
        <SeparateDialog customer={id} of={separating} onClose={() => setSeparating(undefined)} />
      )}
    </section>
  );
}

interface OtherProps {
  readonly other: OtherId;
  readonly onSeparate: (id: string) => void;
}

function Other({ other: { id, at: when, event, messageId, through, owner, why, by }, onSeparate }: OtherProps) {
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
      {owner === undefined && by === undefined && (
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
      {by !== undefined && <small className="muted">{t('customers.separatedBy', { by, at: at(when) })}</small>}
      {owner === undefined && by === undefined && through === undefined && (
        <Button type="link" size="small" onClick={() => onSeparate(id)}>
          {t('customers.separate')}
        </Button>
      )}
    </li>
  );
}
