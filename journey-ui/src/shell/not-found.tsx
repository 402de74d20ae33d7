import { CompassOutlined } from '@ant-design/icons';
import { useWords } from '../i18n/index.ts';
import { Empty } from '../ui/states.tsx';
import { ToButton } from '../ui/to-button.tsx';

export function NotFound() {
  const { t } = useWords();
  return (
    <Empty icon={<CompassOutlined />} title={t('notFound.title')} text={t('notFound.text')}>
      <ToButton to="/journeys" type="primary">
        {t('notFound.next')}
      </ToButton>
    </Empty>
  );
}
