import { ArrowLeftOutlined } from '@ant-design/icons';
import { Tabs } from 'antd';
import { Fragment, lazy, Suspense } from 'react';
import { Link, useParams } from 'react-router';
import { fieldName } from '../../../shared/rules/index.ts';
import { STAGE_NAMES } from '../../../shared/stages.ts';
import { useCustomer } from '../api/customers.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';
import { HeldTags } from './held-tags.tsx';
import { HerJourneys } from './her-journeys.tsx';
import { HerMessages } from './her-messages.tsx';
import { HerTasks } from './her-tasks.tsx';
import { Identity } from './identity.tsx';
import { Timeline } from './timeline.tsx';
import './customers.css';

const JsonView = lazy(() => import('../ui/json-view.tsx').then((m) => ({ default: m.JsonView })));

/** One customer: who she is, what is known of her and why, what happened. */
export function CustomerPage() {
  const { id = '' } = useParams();
  const { t, say } = useWords();
  const { at, ago } = useTime();
  const customer = useCustomer(id);
  if (customer.error) return <Failure error={customer.error} onRetry={() => customer.refetch()} />;
  if (!customer.data) return <Loading />;
  const { traits, stage, tags, segments = [], underTouched = [], firstSeenAt, lastSeenAt, dueAt } = customer.data;
  const name = traits['name'];
  const own = customer.data.id;
  return (
    <Page
      title={
        <>
          {typeof name === 'string' ? name : own}{' '}
          <small className="muted customer-id">{typeof name === 'string' && own}</small>
        </>
      }
      lead={
        <Link to="/customers">
          <ArrowLeftOutlined /> {t('nav.customers')}
        </Link>
      }
    >
      <div className="customer-grid">
        <div className="customer-side">
          <section className="panel">
            <h2>{t('customers.profile')}</h2>
            <dl className="panel-body facts">
              <dt>{t('customers.stage')}</dt>
              <dd>{stage ? say(STAGE_NAMES[stage]) : t('none')}</dd>
              <dt>{t('customers.firstSeen')}</dt>
              <dd>{at(firstSeenAt)}</dd>
              <dt>{t('customers.lastSeen')}</dt>
              <dd>{ago(lastSeenAt)}</dd>
              {dueAt && (
                <>
                  <dt>{t('customers.due')}</dt>
                  <dd>{at(dueAt)}</dd>
                </>
              )}
              {underTouched.map(({ why }) => (
                <Fragment key={why.zh}>
                  <dt>{t('caps.underHint')}</dt>
                  <dd>{say(why)}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
          <section className="panel">
            <h2>{t('customers.segments')}</h2>
            <div className="panel-body tag-row">
              {segments.length === 0 && <p className="muted">{t('customers.noSegments')}</p>}
              {segments.map((segment) => (
                <span key={segment.id} className={`pill ${segment.belongs ? 'good' : ''}`} title={say(segment.why)}>
                  {say(segment.name)}
                  {segment.belongs && <b>{t('customers.belongs')}</b>}
                </span>
              ))}
            </div>
          </section>
          <Identity id={own} identity={customer.data.identity} />
          <section className="panel">
            <h2>{t('customers.traits')}</h2>
            <div className="panel-body">
              <Traits traits={traits} />
            </div>
          </section>
        </div>
        <div className="customer-main">
          <HeldTags id={id} tags={tags} />
          <section className="panel customer-tabs">
            <Tabs
              items={[
                { key: 'timeline', label: t('customers.timeline'), children: <Timeline id={id} /> },
                { key: 'journeys', label: t('customers.journeys'), children: <HerJourneys id={id} /> },
                { key: 'messages', label: t('customers.messages'), children: <HerMessages id={id} /> },
                { key: 'tasks', label: t('tasks.her'), children: <HerTasks id={id} /> },
              ]}
            />
          </section>
        </div>
      </div>
    </Page>
  );
}

function Traits({ traits }: { traits: Readonly<Record<string, unknown>> }) {
  const { t, say } = useWords();
  const entries = Object.entries(traits);
  if (entries.length === 0) return <p className="muted">{t('customers.noTraits')}</p>;
  return (
    <dl className="facts">
      {entries.map(([key, value]) => (
        <div key={key} className="facts-row">
          <dt title={key}>{say(fieldName(key)) || key}</dt>
          <dd>
            {typeof value === 'object' ? (
              <Suspense fallback={null}>
                <JsonView value={value} compact />
              </Suspense>
            ) : (
              String(value)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
