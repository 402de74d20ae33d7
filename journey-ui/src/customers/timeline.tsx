import {
  ApartmentOutlined,
  ClockCircleOutlined,
  CustomerServiceOutlined,
  FlagOutlined,
  MessageOutlined,
  StopOutlined,
  TagOutlined,
  ThunderboltOutlined,
  UsergroupAddOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { STAGE_NAMES, type Stage } from '../../../shared/stages.ts';
import { TASK_STATES, type TaskState } from '../../../shared/tasks/index.ts';
import type { Words } from '../../../shared/words.ts';
import { useTimeline } from '../api/customers.ts';
import { useJourneys } from '../api/journeys.ts';
import { useSegments } from '../api/segments.ts';
import type { EnrolmentStatus, TimelineItem } from '../api/types.ts';
import { useNames } from '../api/use-names.ts';
import { useWords } from '../i18n/index.ts';
import { ByWhom } from '../ui/by-whom.tsx';
import { EndReason } from '../ui/end-reason.tsx';
import { useEventName } from '../ui/event-name.ts';
import { ReasonText } from '../ui/reason.tsx';
import { Failure } from '../ui/states.tsx';
import { useTime } from '../ui/time.ts';

const ICONS: Record<string, ReactNode> = {
  event: <ThunderboltOutlined />,
  tag: <TagOutlined />,
  segment: <UsergroupAddOutlined />,
  stage: <FlagOutlined />,
  enrolment: <ApartmentOutlined />,
  message: <MessageOutlined />,
  task: <CustomerServiceOutlined />,
  refusal: <StopOutlined />,
  merge: <UserSwitchOutlined />,
  separation: <UserSwitchOutlined />,
};

/** All that happened to her, the newest first. */
export function Timeline({ id }: { id: string }) {
  const { t } = useWords();
  const { at } = useTime();
  const timeline = useTimeline(id);
  const items = timeline.data?.pages.flatMap((p) => p.items) ?? [];
  if (timeline.error) return <Failure error={timeline.error} onRetry={() => timeline.refetch()} />;
  if (!timeline.isPending && items.length === 0) return <p className="muted tab-note">{t('customers.nothingYet')}</p>;
  return (
    <>
      <ul className="lines timeline">
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several things of one kind may happen at one instant
          <li key={`${item.at} ${item.type} ${i}`} className={`is-${item.type}`}>
            <time>{at(item.at)}</time>
            <span className="timeline-icon">{ICONS[item.type] ?? <ClockCircleOutlined />}</span>
            <span>
              <Line item={item} customer={id} />
            </span>
          </li>
        ))}
      </ul>
      {timeline.hasNextPage && (
        <div className="more">
          <Button loading={timeline.isFetchingNextPage} onClick={() => timeline.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}

const causeOf = (item: TimelineItem): { by: string; reference: string } => {
  const cause = (item['cause'] ?? {}) as { by?: string; ref?: string };
  return { by: cause.by ?? '', reference: cause.ref ?? '' };
};

const byPeopleOrJourneys = (item: TimelineItem): boolean => ['manual', 'journey'].includes(causeOf(item).by);

/** Why a tag came or went: what the rule found, or who did it where no rule did. */
function TagWhy({ item, customer }: { item: TimelineItem; customer: string }) {
  const { say } = useWords();
  const why = item['why'] as Words | undefined;
  const { by, reference } = causeOf(item);
  if (byPeopleOrJourneys(item) && (why === undefined || why.zh.includes(reference))) {
    return <ByWhom by={by} reference={reference} customer={customer} />;
  }
  return why && <small>{say(why)}</small>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function Line({ item, customer }: { item: TimelineItem; customer: string }) {
  const { t, say } = useWords();
  const eventName = useEventName();
  const journeys = useJourneys().data?.items ?? [];
  const names = useNames();
  const segments = useSegments().data?.items ?? [];
  const journeyName = journeys.find((j) => j.id === item['journey'])?.name ?? text(item['journey']);
  const lines: Record<string, () => ReactNode> = {
    event: () => (
      <>
        <b title={text(item['name'])}>{eventName(text(item['name']))}</b>
        <small className="mono">{propertiesOf(item['properties'])}</small>
      </>
    ),
    tag: () => (
      <>
        {t(`customers.tag.${text(item['op'])}`)} <b>{say(names.tag(text(item['key'])))}</b>
        <TagWhy item={item} customer={customer} />
      </>
    ),
    segment: () => {
      const segment = segments.find((known) => known.id === item['segment']);
      return (
        <>
          {t(`customers.segment.${text(item['op'])}`)} <b>{segment ? say(segment.name) : text(item['segment'])}</b>
          <TagWhy item={item} customer={customer} />
        </>
      );
    },
    stage: () => (
      <>
        {t('customers.stageTo', { stage: say(STAGE_NAMES[item['to'] as Stage]) })}
        {byPeopleOrJourneys(item) && <ByWhom {...causeOf(item)} customer={customer} />}
      </>
    ),
    enrolment: () => (
      <>
        {t(`customers.what.${text(item['what'])}`)}{' '}
        <Link to={`/executions/${encodeURIComponent(customer)}/${encodeURIComponent(text(item['enrolment']))}`}>
          {journeyName} {t('version', { n: item['version'] })}
        </Link>
        <EndReason
          enrolment={{
            status: text(item['what']) as EnrolmentStatus,
            end: { outcome: text(item['what']), reason: text(item['reason']) },
          }}
        />
      </>
    ),
    message: () => (
      <>
        {t(`message.${text(item['status'])}`)}{' '}
        <b>{text(item['title']) || text(item['body']).slice(0, 60) || journeyName}</b>
        {text(item['reason']) !== '' && <ReasonText reason={text(item['reason'])} why={item['why']} />}
        {text(item['enrolment']) !== '' && (
          <small>
            <Link to={`/executions/${encodeURIComponent(customer)}/${encodeURIComponent(text(item['enrolment']))}`}>
              {journeyName}
            </Link>
          </small>
        )}
      </>
    ),
    task: () => (
      <>
        {text(item['state']) === 'open' ? t('tasks.put') : say(TASK_STATES[item['state'] as TaskState])}{' '}
        <b>{text(item['title'])}</b>
        <small>{[text(item['by']), text(item['note'])].filter((one) => one !== '').join(' · ')}</small>
      </>
    ),
    merge: () => (
      <>
        {t('customers.merged')} <b className="mono">{text(item['id'])}</b>
      </>
    ),
    separation: () => (
      <>
        {t('customers.separatedFrom', { id: text(item['id']), from: text(item['from']), to: text(item['to']) })}
        <small>{t('customers.byPerson', { name: text(item['by']) })}</small>
      </>
    ),
    refusal: () => (
      <>
        {t('customers.refused', { journey: journeyName })}{' '}
        <ReasonText reason={text(item['reason'])} why={item['why']} added />
      </>
    ),
  };
  return lines[item.type]?.() ?? <span>{item.type}</span>;
}

function propertiesOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return '';
  const entries = Object.entries(value).map(([key, v]) => `${key}: ${typeof v === 'object' ? JSON.stringify(v) : v}`);
  return entries.join('  ').slice(0, 160);
}
