import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { usePauseJourney } from '../api/journeys.ts';
import { useWords } from '../i18n/index.ts';
import { reasonOf } from '../ui/states.tsx';

/** Lets nobody new into a live journey, or lets them in again. Who is on the way goes on in both cases. */
export function PauseJourney({ id, paused }: { id: string; paused: boolean }) {
  const { t, say } = useWords();
  const { message, modal } = App.useApp();
  const pause = usePauseJourney(id);
  const send = (next: boolean): Promise<void> =>
    pause.mutateAsync(next).then(
      () => void message.success(t(next ? 'live.paused' : 'live.resumed')),
      (error: unknown) => void message.error(say(reasonOf(error)) || t('live.pauseFailed')),
    );
  if (paused) {
    return (
      <Button icon={<PlayCircleOutlined />} loading={pause.isPending} onClick={() => void send(false)}>
        {t('live.resume')}
      </Button>
    );
  }
  const ask = (): void => {
    modal.confirm({
      title: t('live.pauseTitle'),
      content: t('live.pauseText'),
      okText: t('live.pause'),
      onOk: () => send(true),
    });
  };
  return (
    <Button icon={<PauseOutlined />} loading={pause.isPending} onClick={ask}>
      {t('live.pause')}
    </Button>
  );
}
