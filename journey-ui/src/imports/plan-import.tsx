import { ExperimentOutlined } from '@ant-design/icons';
import { Alert, Button, Progress, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import { IMPORT_KINDS, type ImportRequest, requestProblems } from '../../../shared/imports/index.ts';
import { beginImport, type OpenImport } from '../api/imports.ts';
import { useWords } from '../i18n/index.ts';
import { Failure } from '../ui/states.tsx';
import { guessedColumns, guessedKind, requestColumns, withColumn } from './columns.ts';
import { ColumnsTable } from './columns-table.tsx';
import { type DryRun, dryRun } from './dry-run.ts';
import { DryRunResult } from './dry-run-result.tsx';
import { ImportOptions, type Options } from './import-options.tsx';
import type { OpenedFile } from './opened-file.ts';

/** How a file is read: what it holds, what each column is; and what would come of it. */
export function PlanImport({
  opened,
  zone,
  onSheet,
  onBegun,
}: {
  opened: OpenedFile;
  zone: string;
  onSheet: (sheet: string) => void;
  onBegun: (job: OpenImport) => void;
}) {
  const { t, say } = useWords();
  const { about, headings, table } = opened;
  const [kind, setKind] = useState(() => guessedKind(headings));
  const [columns, setColumns] = useState(() => guessedColumns(kind, headings));
  const [options, setOptions] = useState<Options>(() => ({
    zone,
    asOf: new Date(Math.min(Date.now(), opened.file.lastModified)).toISOString(),
    startJourneys: false,
  }));
  const [part, setPart] = useState<number>();
  const [result, setResult] = useState<DryRun>();
  const [failure, setFailure] = useState<unknown>();
  const [beginning, setBeginning] = useState(false);
  const stop = useRef(false);
  const request: ImportRequest = { kind, headings: [...headings], ...requestColumns(columns), ...options };
  const problems = requestProblems(request);
  const changed = (): void => setResult(undefined);

  const tryOut = async (): Promise<void> => {
    stop.current = false;
    setFailure(undefined);
    setResult(undefined);
    setPart(0);
    try {
      const found = await dryRun(opened, request, setPart, () => stop.current);
      if (!stop.current) setResult(found);
    } catch (error) {
      setFailure(error);
    }
    setPart(undefined);
  };
  const begin = async (): Promise<void> => {
    setBeginning(true);
    try {
      onBegun(await beginImport({ ...about, rows: result?.tally.rows }, request));
    } catch (error) {
      setFailure(error);
      setBeginning(false);
    }
  };

  return (
    <>
      <section className="panel import-kind">
        <div>
          <h2 id="import-kind">{t('imports.kind')}</h2>
          <Segmented
            aria-labelledby="import-kind"
            value={kind}
            options={IMPORT_KINDS.map(({ id, name }) => ({ value: id, label: say(name) }))}
            onChange={(id) => {
              setKind(id);
              setColumns(guessedColumns(id, headings));
              changed();
            }}
          />
        </div>
        {table.sheets.length > 1 && (
          <div>
            <h2>{t('imports.sheet')}</h2>
            <Select
              aria-label={t('imports.sheet')}
              value={about.sheet ?? table.sheets[0]!}
              options={table.sheets.map((name) => ({ value: name, label: name }))}
              onChange={onSheet}
              style={{ minWidth: 180 }}
            />
          </div>
        )}
        <p className="muted">{say(IMPORT_KINDS.find(({ id }) => id === kind)?.help)}</p>
      </section>
      <ColumnsTable
        kind={kind}
        headings={headings}
        samples={opened.samples}
        columns={columns}
        onColumn={(place, column) => {
          setColumns(withColumn(columns, place, column));
          changed();
        }}
      />
      <ImportOptions
        options={options}
        onOptions={(next) => {
          setOptions(next);
          changed();
        }}
      />
      {problems.map((problem) => (
        <Alert
          key={`${problem.code} ${problem.field}`}
          className="import-problem"
          type="warning"
          showIcon
          title={say(problem.message)}
          description={t('imports.chooseColumn')}
        />
      ))}
      {failure !== undefined && <Failure error={failure} />}
      {part !== undefined && (
        <section className="panel panel-body import-trying" aria-label={t('imports.trying')}>
          <Progress percent={Math.floor(part * 100)} status="active" aria-label={t('imports.trying')} />
          <Button
            onClick={() => {
              stop.current = true;
            }}
          >
            {t('cancel')}
          </Button>
        </section>
      )}
      {result === undefined && part === undefined && (
        <div className="import-next">
          <Button
            type="primary"
            size="large"
            icon={<ExperimentOutlined />}
            disabled={problems.length > 0}
            onClick={() => void tryOut()}
          >
            {t('imports.try')}
          </Button>
          <span className="muted">{t('imports.tryText')}</span>
        </div>
      )}
      {result !== undefined && (
        <DryRunResult
          result={result}
          request={request}
          beginning={beginning}
          onBegin={() => void begin()}
          onTags={() => void tryOut()}
        />
      )}
    </>
  );
}
