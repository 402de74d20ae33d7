import { FileTextOutlined, ImportOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemsOf } from '../api/client.ts';
import { type ImportedJourney, useImportJourney, useJourneys } from '../api/journeys.ts';
import { ProblemLines } from '../form/problem-lines.tsx';
import { useWords } from '../i18n/index.ts';
import { DropFile } from '../ui/drop-file.tsx';
import { Failure } from '../ui/states.tsx';
import { freshJourneyId } from './fresh-id.ts';
import './import-journey.css';

/** A journey from a file: looked at first, then kept as a draft under an id of its own, or of a journey that is there. */
export function ImportJourney() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<ImportOutlined />} onClick={() => setOpen(true)}>
        {t('journeys.import')}
      </Button>
      {open && <ImportDialog onClose={() => setOpen(false)} />}
    </>
  );
}

interface Looked {
  readonly document: unknown;
  readonly found: ImportedJourney;
}

function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const look = useImportJourney();
  const [looked, setLooked] = useState<Looked>();
  const [unreadable, setUnreadable] = useState(false);
  const take = async (file: File): Promise<void> => {
    setLooked(undefined);
    look.reset();
    const document = parsed(await file.text());
    setUnreadable(document === undefined);
    if (document !== undefined) {
      look.mutate({ document, dryRun: true }, { onSuccess: (found) => setLooked({ document, found }) });
    }
  };
  return (
    <Modal open title={t('journeys.importTitle')} footer={null} onCancel={onClose}>
      {looked ? (
        <Keep {...looked} onClose={onClose} />
      ) : (
        <div className="import-journey">
          <DropFile
            accept=".json,application/json"
            icon={<FileTextOutlined />}
            title={t('journeys.importDrop')}
            text={t('journeys.importText')}
            onFile={(file) => void take(file)}
          />
          {unreadable && (
            <p className="field-problem error" role="alert">
              {t('journeys.importNotJson')}
            </p>
          )}
          {look.error && <Failure error={look.error} />}
          <ProblemLines problems={problemsOf(look.error)} />
        </div>
      )}
    </Modal>
  );
}

/** What is in the file, and under which id it is kept. */
function Keep({ document, found, onClose }: Looked & { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const keep = useImportJourney();
  const taken = (useJourneys().data?.items ?? []).map(({ id }) => id);
  const [way, setWay] = useState<'new' | 'over'>('new');
  const [id, setId] = useState(() => (found.taken ? freshJourneyId(taken) : found.id));
  const errors = found.diagnostics.filter(({ severity }) => severity === 'error').length;
  const go = (): void => {
    const over = way === 'over' && found.taken ? { over: found.taken.revision } : { as: id };
    keep.mutate({ document, ...over }, { onSuccess: (kept) => navigate(`/journeys/${kept.id}`) });
  };
  return (
    <div className="import-journey">
      <p>
        <b>{found.name}</b> <span className="muted">{t('journeys.importHolds', { n: found.nodes })}</span>
      </p>
      {found.taken && (
        <Radio.Group
          value={way}
          onChange={({ target }) => setWay(target.value)}
          className="import-ways"
          options={[
            { value: 'new', label: t('journeys.importNew') },
            { value: 'over', label: t('journeys.importOver', { name: found.taken.name }) },
          ]}
        />
      )}
      {way === 'new' && (
        <div className="field">
          <label htmlFor="import-id">{t('journeys.importId')}</label>
          <Input id="import-id" value={id} maxLength={40} onChange={({ target }) => setId(target.value)} />
        </div>
      )}
      <ProblemLines problems={found.diagnostics} />
      {errors > 0 && <p className="muted">{t('journeys.importErrors', { n: errors })}</p>}
      {keep.error && <Failure error={keep.error} />}
      <ProblemLines problems={problemsOf(keep.error)} />
      <div className="import-journey-foot">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" loading={keep.isPending} disabled={way === 'new' && !ID.test(id)} onClick={go}>
          {t('journeys.importKeep')}
        </Button>
      </div>
    </div>
  );
}

const ID = /^[A-Za-z0-9_-]{1,40}$/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
