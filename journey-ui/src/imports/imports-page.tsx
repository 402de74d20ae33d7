import { FileExcelOutlined } from '@ant-design/icons';
import { useState } from 'react';
import type { ImportJob } from '../../../shared/imports/index.ts';
import { useImports } from '../api/imports.ts';
import { useWords } from '../i18n/index.ts';
import { DropFile } from '../ui/drop-file.tsx';
import { Page } from '../ui/page.tsx';
import { Failure } from '../ui/states.tsx';
import { ACCEPTED } from './accepted.ts';
import { ImportFile } from './import-file.tsx';
import { PastImports } from './past-imports.tsx';
import './imports.css';

/** Brings customers, orders and interactions from a file; and what was brought before. */
export function ImportsPage() {
  const { t } = useWords();
  const imports = useImports();
  const [chosen, setChosen] = useState<{ readonly file: File; readonly job?: ImportJob }>();
  if (chosen !== undefined) {
    return <ImportFile file={chosen.file} job={chosen.job} onClose={() => setChosen(undefined)} />;
  }
  return (
    <Page title={t('nav.imports')} lead={t('imports.lead')}>
      <DropFile
        accept={ACCEPTED}
        icon={<FileExcelOutlined />}
        title={t('imports.drop')}
        text={t('imports.dropText')}
        onFile={(file) => setChosen({ file })}
      />
      {imports.error && <Failure error={imports.error} onRetry={() => imports.refetch()} />}
      <PastImports items={imports.data?.items ?? []} onContinue={(job, file) => setChosen({ file, job })} />
    </Page>
  );
}
