import { Alert, Button, Space, Spin } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Words } from '../../../shared/words.ts';
import { ApiError } from '../api/client.ts';
import { useWords } from '../i18n/index.ts';
import './states.css';

export function Loading() {
  const { t } = useWords();
  return (
    <output className="loading" aria-label={t('loading')}>
      <Spin />
    </output>
  );
}

/** What the service says of a refused call; undefined when it could not be reached. */
export const reasonOf = (error: unknown): Words | undefined => (error instanceof ApiError ? error.words : undefined);

/** What happened, what was kept, what to do; `home`: with a way out, on pages that have none. */
export function Failure({ error, onRetry, home }: { error: unknown; onRetry?: () => void; home?: boolean }) {
  const { t, say } = useWords();
  const api = error instanceof ApiError ? error : undefined;
  const offline = api?.words === undefined;
  return (
    <Alert
      type="error"
      showIcon
      className="failure"
      title={offline ? t('failed.title') : say(api?.words)}
      description={offline ? t('failed.offline') : say(api?.next)}
      action={
        <Space>
          {onRetry && (
            <Button size="small" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {home && <Link to="/journeys">{t('notFound.next')}</Link>}
        </Space>
      }
    />
  );
}

/** An empty page says what it is for and offers the one next step. */
export function Empty({
  icon,
  title,
  text,
  children,
}: {
  icon?: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      {icon && (
        <div className="empty-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <h2>{title}</h2>
      <p>{text}</p>
      {children && <div className="empty-next">{children}</div>}
    </div>
  );
}
