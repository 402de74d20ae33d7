import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type Separation, useSeparate, useSeparation } from '../api/separation.ts';
import { useWords } from '../i18n/index.ts';
import { useSettled } from '../rules/use-settled.ts';
import { reasonOf } from '../ui/states.tsx';

/** Two who were joined by mistake: under which id the one goes on, and what each will be. */
export function SeparateDialog({ customer, of, onClose }: { customer: string; of: string; onClose: () => void }) {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const [as, setAs] = useState(`${of}-2`);
  const asked = useSettled(as.trim(), 400);
  const separate = useSeparate(customer);
  const preview = useSeparation(customer, of, asked, separate.isPending || separate.isSuccess);
  const error = separate.error ?? preview.error;
  const go = (): void =>
    separate.mutate(
      { of, as: as.trim() },
      { onSuccess: (done) => navigate(`/customers/${encodeURIComponent(done.customer)}`) },
    );
  return (
    <Modal
      open
      title={t('customers.separateTitle', { id: of })}
      okText={t('customers.separateNow')}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={go}
      okButtonProps={{ disabled: preview.data === undefined || asked !== as.trim(), loading: separate.isPending }}
    >
      <p className="muted">{t('customers.separateWhat', { id: of })}</p>
      <label htmlFor="separate-as" className="separation-as">
        {t('customers.separateAs')}
      </label>
      <Input id="separate-as" value={as} maxLength={200} onChange={(e) => setAs(e.target.value)} />
      {error !== null && (
        <p className="field-problem error" role="alert">
          {say(reasonOf(error)) || t('failed.offline')}
        </p>
      )}
      {preview.data && (
        <div className="separation">
          <SideOf title={as.trim()} side={preview.data.theirs} />
          <SideOf title={customer} side={preview.data.hers} lost={preview.data.hers.lost} />
        </div>
      )}
      {preview.data !== undefined && preview.data.hers.leaves.length > 0 && (
        <p>
          {t('customers.separateLeaves', {
            id: customer,
            journeys: preview.data.hers.leaves.map(({ name }) => name).join(t('journeys.comma')),
          })}
        </p>
      )}
      <p className="muted">{t('customers.separateLeft')}</p>
    </Modal>
  );
}

function SideOf({
  title,
  side,
  lost = [],
}: {
  title: string;
  side: Separation['theirs'];
  lost?: Separation['hers']['lost'];
}) {
  const { t, say } = useWords();
  return (
    <section>
      <h3 className="mono">{title}</h3>
      <p className="muted">{t('customers.separateEvents', { count: side.events })}</p>
      <div className="tag-row">
        {side.tags.map(({ key, name }) => (
          <span key={key} className="pill good">
            {say(name)}
          </span>
        ))}
        {lost.map(({ key, name }) => (
          <del key={key} className="pill">
            {say(name)}
          </del>
        ))}
        {side.tags.length + lost.length === 0 && <span className="muted">{t('customers.separateNoTags')}</span>}
      </div>
    </section>
  );
}
