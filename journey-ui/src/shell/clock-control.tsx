import { ClockCircleOutlined, PauseOutlined } from '@ant-design/icons';
import { App, Button, InputNumber, Popover, Space, Switch } from 'antd';
import { useState } from 'react';
import { useLocalClock, useMoveClock } from '../api/local.ts';
import { useWords } from '../i18n/index.ts';
import { useTime } from '../ui/time.ts';
import { useStackNow } from './use-clock.ts';

const STEPS = [
  { advance: 'PT1H', key: 'hour' },
  { advance: 'P1D', key: 'day' },
  { advance: 'P7D', key: 'week' },
  { advance: 'P15D', key: 'fortnight' },
];

/** The stack's clock: what time it is there, and moving it forward. Shown only where the stack is local. */
export function ClockControl() {
  const { t } = useWords();
  const { clock } = useLocalClock();
  const now = useStackNow(1000);
  const { at, exact, zone } = useTime();
  const move = useMoveClock();
  const { message } = App.useApp();
  const [days, setDays] = useState(3);
  const [open, setOpen] = useState(false);
  if (clock === undefined) return null;
  const iso = new Date(now).toISOString();
  const advance = (by: string): void => {
    const closing = message.loading({ content: t('clock.moving'), duration: 0 });
    move.mutate(
      { advance: by },
      {
        onSuccess: (after) => message.success(t('clock.moved', { at: at(after.now) })),
        onError: () => message.error(t('clock.failed')),
        onSettled: () => closing(),
      },
    );
  };
  const panel = (
    <div className="clock-panel">
      <div>
        <div className="muted">
          {t('clock.now')} · {t('time.zone', { zone })}
        </div>
        <div className="clock-now">{exact(iso)}</div>
      </div>
      <div className="clock-steps">
        {STEPS.map((step) => (
          <Button key={step.key} disabled={move.isPending} onClick={() => advance(step.advance)}>
            {t(`clock.${step.key}`)}
          </Button>
        ))}
      </div>
      <Space.Compact block>
        <InputNumber
          min={1}
          max={3660}
          value={days}
          suffix={t('clock.days')}
          aria-label={t('clock.custom')}
          onChange={(v) => setDays(v ?? 1)}
          style={{ flex: 1 }}
        />
        <Button type="primary" loading={move.isPending} onClick={() => advance(`P${days}D`)}>
          {t('clock.go')}
        </Button>
      </Space.Compact>
      <Space>
        <Switch
          size="small"
          checked={clock.frozen}
          aria-label={t('clock.freeze')}
          onChange={(freeze) => move.mutate({ freeze })}
        />
        <span className="muted">{t('clock.freeze')}</span>
      </Space>
      <p className="muted">{t('clock.help')}</p>
    </div>
  );
  return (
    <Popover content={panel} trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen}>
      <Button
        type="text"
        className="clock-button"
        icon={clock.frozen ? <PauseOutlined /> : <ClockCircleOutlined />}
        aria-label={`${t('clock.title')} ${at(iso)}`}
      >
        {at(iso)}
      </Button>
    </Popover>
  );
}
