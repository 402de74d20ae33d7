import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useWords } from '../i18n/index.ts';
import { signOut, useSession } from './session.ts';

/** Who is signed in, and the way out. Nothing where nobody signs in. */
export function SignedIn() {
  const { t } = useWords();
  const person = useSession((s) => s.person);
  if (person === undefined) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: (
              <>
                {person.name}
                {person.groups.map((group) => (
                  <div key={group}>{t(`signIn.groups.${group}`, { defaultValue: group })}</div>
                ))}
              </>
            ),
          },
          { key: 'out', icon: <LogoutOutlined />, label: t('signIn.out'), onClick: signOut },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t('signIn.who', { name: person.name })}>
        <span className="signed-in-name">{person.name}</span>
      </Button>
    </Dropdown>
  );
}
