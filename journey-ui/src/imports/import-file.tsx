import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ImportJob } from '../../../shared/imports/index.ts';
import { TableRefused } from '../../../shared/tables/index.ts';
import { useZone } from '../api/customers.ts';
import { readImport, tellImport } from '../api/imports.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { type OpenedFile, openFile } from './opened-file.ts';
import { PlanImport } from './plan-import.tsx';
import { RunPanel } from './run-panel.tsx';
import { useImportRun } from './use-import-run.ts';

/** One file on its way in: how it is read, what would come of it, and how far it is. */
export function ImportFile({ file, job, onClose }: { file: File; job: ImportJob | undefined; onClose: () => void }) {
  const { t, say } = useWords();
  const zone = useZone();
  const [sheet, setSheet] = useState(job?.file.sheet);
  const { opened, error } = useOpened(file, sheet);
  const { run, go, pause } = useImportRun(opened);
  const [failure, setFailure] = useState<unknown>();
  const another = job !== undefined && opened !== undefined && opened.about.fingerprint !== job.file.fingerprint;

  /** From where it was, whether this page has paused it or another day has. */
  const goOn = async (id: string): Promise<void> => {
    setFailure(undefined);
    try {
      const now = await readImport(id);
      await go(now.status === 'paused' ? await tellImport(id, 'resume') : now);
    } catch (problem) {
      setFailure(problem);
    }
  };

  return (
    <Page
      title={t('imports.title', { name: file.name })}
      lead={opened === undefined ? ' ' : say(opened.about.format)}
      actions={
        run?.state !== 'running' &&
        run?.state !== 'pausing' && <Button onClick={onClose}>{t(run ? 'imports.toList' : 'imports.otherFile')}</Button>
      }
    >
      {error instanceof TableRefused ? (
        <Alert type="error" showIcon title={say(error.words)} description={say(error.next)} />
      ) : (
        error !== undefined && (
          <Alert type="error" showIcon title={t('imports.unreadable')} description={t('imports.unreadableText')} />
        )
      )}
      {failure !== undefined && <Failure error={failure} />}
      {(opened === undefined || zone === undefined) && error === undefined && <Loading />}
      {another && (
        <Alert
          type="error"
          showIcon
          title={t('imports.another', { name: job.file.name })}
          description={t('imports.anotherText')}
        />
      )}
      {opened !== undefined &&
        zone !== undefined &&
        !another &&
        (run !== undefined ? (
          <RunPanel run={run} onPause={pause} onGoOn={() => void goOn(run.job.id)} />
        ) : job !== undefined ? (
          <section className="panel panel-body import-resume">
            <p>{t('imports.resumeText', { n: job.tally.rows.toLocaleString() })}</p>
            <Button type="primary" onClick={() => void goOn(job.id)}>
              {t('imports.goOn')}
            </Button>
          </section>
        ) : (
          <PlanImport
            key={opened.about.sheet ?? ''}
            opened={opened}
            zone={zone}
            onSheet={setSheet}
            onBegun={(begun) => void go(begun)}
          />
        ))}
    </Page>
  );
}

function useOpened(file: File, sheet: string | undefined) {
  const [state, setState] = useState<{ readonly opened?: OpenedFile; readonly error?: unknown }>({});
  useEffect(() => {
    let current = true;
    openFile(file, sheet).then(
      (opened) => current && setState({ opened }),
      (error: unknown) => current && setState({ error }),
    );
    return () => {
      current = false;
    };
  }, [file, sheet]);
  return state;
}
