import { DownloadOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { App, Button, Table } from 'antd';
import { useRef, useState } from 'react';
import { IMPORT_KINDS, type ImportJob } from '../../../shared/imports/index.ts';
import { importErrors } from '../api/imports.ts';
import { saveFile } from '../editor/download.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';
import { ACCEPTED } from './accepted.ts';

const TONE: Readonly<Record<ImportJob['status'], string>> = { running: 'warn', paused: 'warn', done: 'good' };

/** What was imported before; one that was interrupted goes on when it gets its file again. */
export function PastImports({
  items,
  onContinue,
}: {
  items: readonly ImportJob[];
  onContinue: (job: ImportJob, file: File) => void;
}) {
  const { t, say } = useWords();
  const { at } = useTime();
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<ImportJob>();
  if (items.length === 0) return null;
  const number = (value: number) => value.toLocaleString();
  const kindOf = (id: string) => say(IMPORT_KINDS.find((kind) => kind.id === id)?.name);
  return (
    <section className="panel past-imports">
      <h2>{t('imports.past')}</h2>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('imports.continueWith')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined && wanted !== undefined) onContinue(wanted, file);
          target.value = '';
        }}
      />
      <Table<ImportJob>
        rowKey="id"
        dataSource={[...items]}
        pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        columns={[
          {
            title: t('imports.file'),
            render: (_, { file, request }) => (
              <span className="import-name">
                <b>{file.name}</b>
                <small className="muted">
                  {kindOf(request.kind)} · {say(file.format)}
                </small>
              </span>
            ),
          },
          {
            title: t('imports.state'),
            width: 110,
            render: (_, { status }) => (
              <span className={`pill ${TONE[status]}`}>
                {t(`imports.status.${status === 'running' ? 'interrupted' : status}`)}
              </span>
            ),
          },
          {
            title: t('imports.rows'),
            width: 110,
            align: 'right',
            className: 'figures',
            render: (_, { tally }) => number(tally.rows),
          },
          {
            title: t('imports.wrong'),
            width: 150,
            render: (_, job) => <WrongRows job={job} />,
          },
          {
            title: t('imports.by'),
            width: 190,
            render: (_, { author, createdAt }) => (
              <span className="import-name">
                {at(createdAt)}
                <small className="muted">{author}</small>
              </span>
            ),
          },
          {
            width: 170,
            align: 'right',
            render: (_, job) =>
              job.status !== 'done' && (
                <Button
                  size="small"
                  icon={<PlayCircleOutlined />}
                  onClick={() => {
                    setWanted(job);
                    input.current?.click();
                  }}
                >
                  {t('imports.continue')}
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}

/** How many rows were refused, and the file of them. */
export function WrongRows({ job }: { job: ImportJob }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [loading, setLoading] = useState(false);
  if (job.tally.wrongRows === 0) return <span className="muted">{t('imports.noneWrong')}</span>;
  const download = async (): Promise<void> => {
    setLoading(true);
    try {
      saveFile(await importErrors(job.id), `${job.file.name}.errors.csv`);
    } catch {
      message.error(t('imports.errorsFailed'));
    }
    setLoading(false);
  };
  return (
    <Button size="small" danger icon={<DownloadOutlined />} loading={loading} onClick={() => void download()}>
      {t('imports.errorFile', { n: job.tally.wrongRows.toLocaleString() })}
    </Button>
  );
}
