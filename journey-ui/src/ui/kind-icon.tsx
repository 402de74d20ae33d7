import { ICONS } from 'virtual:kind-icons';
import { QuestionCircleOutlined } from '@ant-design/icons';

/** The icon that a kind's face names. */
export function KindIcon({ name }: { name: string | undefined }) {
  const Icon = (name !== undefined && ICONS[name]) || QuestionCircleOutlined;
  return <Icon aria-hidden="true" />;
}
