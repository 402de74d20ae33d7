import { CompassOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { Empty } from '../ui/states.tsx';

export function NotFound() {
  const { t } = useWords();
  return (
    <Empty icon={<CompassOutlined />} title={t('notFound.title')} text={t('notFound.text')}>
      <Link to="/journeys">
        <Button type="primary">{t('notFound.next')}</Button>
      </Link>
    </Empty>
  );
}
