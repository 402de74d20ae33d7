import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { JourneyRecord } from '../api/types.ts';
import { useWords } from '../i18n/index.ts';
import { Problems } from './problems.tsx';
import type { Checked } from './use-problems.ts';
import { Versions } from './versions.tsx';
import './drawer.css';

const JsonView = lazy(() => import('../ui/json-view.tsx').then((m) => ({ default: m.JsonView })));

/** On a lower screen the canvas comes first: the drawer starts folded. */
const ROOMY = 800;

interface Props {
  readonly checked: Checked;
  readonly record: JourneyRecord;
  readonly onGo: (diagnostic: Diagnostic) => void;
}

/** Below the canvas: problems, the compiled machine, versions. */
export function Drawer({ checked, record, onGo }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(() => window.innerHeight >= ROOMY);
  const [tab, setTab] = useState('problems');
  const count = checked.diagnostics.length;
  const content: Record<string, React.ReactNode> = {
    problems: <Problems diagnostics={checked.diagnostics} onGo={onGo} />,
    asl: checked.asl ? (
      <Suspense fallback={null}>
        <JsonView value={checked.asl} />
      </Suspense>
    ) : (
      <p className="muted drawer-note">{t('drawer.aslNone')}</p>
    ),
    versions: <Versions record={record} />,
  };
  return (
    <section className={`drawer ${open ? 'open' : ''}`} aria-label={t('drawer.label')}>
      <Tabs
        size="small"
        activeKey={tab}
        onTabClick={(key) => {
          setOpen(key !== tab || !open);
          setTab(key);
        }}
        items={[
          { key: 'problems', label: count === 0 ? t('drawer.problems') : `${t('drawer.problems')} ${count}` },
          { key: 'asl', label: t('drawer.asl') },
          { key: 'versions', label: `${t('drawer.versions')} ${record.versions.length || ''}` },
        ].map((item) => ({
          ...item,
          children:
            open && item.key === tab ? (
              <div className={`drawer-body ${tab === 'versions' ? 'tall' : ''}`}>{content[tab]}</div>
            ) : null,
        }))}
      />
      <Button
        type="text"
        size="small"
        className="drawer-fold"
        icon={open ? <DownOutlined /> : <UpOutlined />}
        aria-label={t(open ? 'drawer.fold' : 'drawer.unfold')}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
    </section>
  );
}
