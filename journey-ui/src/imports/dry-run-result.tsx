import { ImportOutlined, TagsOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Table } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type ImportRequest, tagNamed } from '../../../shared/imports/index.ts';
import { call } from '../api/client.ts';
import { useWords } from '../i18n/index.ts';
import { useEventName } from '../ui/event-name.ts';
import { reasonOf } from '../ui/states.tsx';
import type { DryRun } from './dry-run.ts';

/** Tags are few; a column with more different texts is no column of tags. */
const MOST_TAGS = 300;

/** What would come of the file, row by row told; and the button that does it. */
export function DryRunResult({
  result,
  request,
  beginning,
  onBegin,
  onTags,
}: {
  result: DryRun;
  request: ImportRequest;
  beginning: boolean;
  onBegin: () => void;
  onTags: () => void;
}) {
  const { t } = useWords();
  const nameOf = useEventName();
  const { tally, fresh, changed, same, strangers, problems, unknownTags } = result;
  const number = (value: number) => value.toLocaleString();
  const good = tally.rows - tally.wrongRows - tally.repeated;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    void section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const tiles = [
    { key: 'fresh', n: fresh, tone: fresh > 0 ? 'good' : '' },
    { key: 'changed', n: changed, tone: changed > 0 ? 'good' : '' },
    { key: 'same', n: same, tone: '' },
    { key: 'repeated', n: tally.repeated, tone: '' },
    { key: 'wrong', n: tally.wrongRows, tone: tally.wrongRows > 0 ? 'bad' : '' },
  ];
  const button = (
    <Button
      type="primary"
      size="large"
      icon={<ImportOutlined />}
      loading={beginning}
      disabled={good === 0}
      {...(request.startJourneys ? {} : { onClick: onBegin })}
    >
      {t('imports.begin', { n: number(good) })}
    </Button>
  );
  return (
    <section ref={section} className="panel import-result" aria-label={t('imports.result')}>
      <h2>
        {t('imports.result')} <small>{t('imports.resultText', { rows: number(tally.rows) })}</small>
      </h2>
      <ul className="tiles">
        {tiles.map(({ key, n, tone }) => (
          <li key={key} className={tone}>
            <b>{number(n)}</b>
            <span>{t(`imports.tile.${key}`)}</span>
            <small>{t(`imports.tileText.${key}`)}</small>
          </li>
        ))}
      </ul>
      {good > 0 && (
        <p className="import-sum">
          {t('imports.strangers', { n: number(strangers) })}
          {Object.entries(tally.messages).map(([name, n]) => (
            <span key={name} className="pill">
              {nameOf(name === 'identify' ? '$identify' : name)} {number(n)}
            </span>
          ))}
        </p>
      )}
      {unknownTags.length > 0 && <UnknownTags names={unknownTags} onTags={onTags} />}
      {problems.length > 0 && <Problems result={result} request={request} />}
      <div className="import-next">
        {request.startJourneys ? (
          <Popconfirm
            title={t('imports.journeysWarning')}
            description={t('imports.journeysWarningText')}
            okText={t('imports.beginAnyway')}
            cancelText={t('cancel')}
            onConfirm={onBegin}
          >
            {button}
          </Popconfirm>
        ) : (
          button
        )}
        <span className="muted">{t(tally.wrongRows > 0 ? 'imports.beginTextWrong' : 'imports.beginText')}</span>
      </div>
    </section>
  );
}

function UnknownTags({ names, onTags }: { names: readonly string[]; onTags: () => void }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const [making, setMaking] = useState(false);
  const make = async (): Promise<void> => {
    setMaking(true);
    try {
      for (const name of names) await call('PUT', `/api/tags/${encodeURIComponent(name)}`, tagNamed(name));
      onTags();
    } catch (error) {
      message.error(say(reasonOf(error)) || t('failed.offline'));
    }
    setMaking(false);
  };
  return (
    <div className="unknown-tags">
      <p>
        <b>{t('imports.unknownTags', { n: names.length })}</b>{' '}
        {t(names.length > MOST_TAGS ? 'imports.tooManyTags' : 'imports.unknownTagsText')}
      </p>
      <span className="tag-row">
        {names.slice(0, 20).map((name) => (
          <span key={name} className="pill">
            {name}
          </span>
        ))}
        {names.length > 20 && <span className="muted">+{names.length - 20}</span>}
      </span>
      {names.length <= MOST_TAGS && (
        <Button icon={<TagsOutlined />} loading={making} onClick={() => void make()}>
          {t('imports.makeTags', { n: names.length })}
        </Button>
      )}
    </div>
  );
}

function Problems({ result: { problems, tally }, request }: { result: DryRun; request: ImportRequest }) {
  const { t, say } = useWords();
  /** A row may have several. */
  const shown = new Set(problems.map(({ line }) => line)).size;
  return (
    <>
      <h3>
        {t(shown < tally.wrongRows ? 'imports.firstWrong' : 'imports.allWrong', {
          n: shown,
          of: tally.wrongRows.toLocaleString(),
        })}
      </h3>
      <Table<DryRun['problems'][number]>
        size="small"
        rowKey={({ line, code, field }) => `${line} ${code} ${field}`}
        dataSource={[...problems]}
        pagination={problems.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
        columns={[
          { title: t('imports.line'), dataIndex: 'line', width: 80, className: 'figures' },
          {
            title: t('imports.column'),
            width: 190,
            render: (_, { field, cell }) => (
              <span className="import-name">
                {request.headings[request.fields[field ?? ''] ?? -1] ?? field}
                {cell && <code>{cell}</code>}
              </span>
            ),
          },
          { title: t('imports.problem'), render: (_, { message }) => say(message) },
          { title: t('imports.nextStep'), render: (_, { next }) => <span className="muted">{say(next)}</span> },
        ]}
      />
    </>
  );
}
