import {
  ApartmentOutlined,
  CustomerServiceOutlined,
  HeartOutlined,
  ImportOutlined,
  InboxOutlined,
  PlayCircleOutlined,
  SettingOutlined,
  TagsOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons';
import { Suspense } from 'react';
import { NavLink, Outlet } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Loading } from '../ui/states.tsx';
import { Brand } from './brand.tsx';
import { ClockControl } from './clock-control.tsx';
import { Preferences } from './preferences.tsx';
import './shell.css';

const PLACES = [
  { to: '/journeys', key: 'journeys', icon: <ApartmentOutlined /> },
  { to: '/customers', key: 'customers', icon: <TeamOutlined /> },
  { to: '/segments', key: 'segments', icon: <UsergroupAddOutlined /> },
  { to: '/tasks', key: 'tasks', icon: <CustomerServiceOutlined /> },
  { to: '/executions', key: 'executions', icon: <PlayCircleOutlined /> },
  { to: '/inbox', key: 'inbox', icon: <InboxOutlined /> },
  { to: '/tags', key: 'tags', icon: <TagsOutlined /> },
  { to: '/imports', key: 'imports', icon: <ImportOutlined /> },
  { to: '/health', key: 'health', icon: <HeartOutlined /> },
  { to: '/settings', key: 'settings', icon: <SettingOutlined /> },
];

/** Head and navigation around every page but the canvas. */
export function Shell() {
  const { t } = useWords();
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <header className="shell-head">
        <Brand />
        <nav aria-label={t('nav.main')}>
          {PLACES.map((place) => (
            <NavLink key={place.key} to={place.to} className="shell-link">
              {place.icon}
              <span>{t(`nav.${place.key}`)}</span>
            </NavLink>
          ))}
        </nav>
        <div className="shell-tools">
          <ClockControl />
          <Preferences />
        </div>
      </header>
      <main id="content" className="shell-content">
        <Boundary>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </main>
    </div>
  );
}
