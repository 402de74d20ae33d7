import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type Ref, useState } from 'react';
import { KIND_MIME } from '../canvas/kind-mime.ts';
import { useWords } from '../i18n/index.ts';
import { GROUP_COLOUR } from '../theme/tokens.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { paletteGroups } from './groups.ts';
import './palette.css';

/** The kinds at the left: click adds after the selected node, drag places. */
export function Palette({ onPick, searchRef }: { onPick: (kind: string) => void; searchRef: Ref<InputRef> }) {
  const { t, say } = useWords();
  const [words, setWords] = useState('');
  const groups = paletteGroups(words);
  return (
    <nav className="palette" aria-label={t('palette.label')}>
      <Input
        ref={searchRef}
        allowClear
        prefix={<SearchOutlined />}
        suffix={words === '' && <kbd>/</kbd>}
        placeholder={t('palette.search')}
        aria-label={t('palette.search')}
        value={words}
        onChange={(e) => setWords(e.target.value)}
        onPressEnter={() => {
          const first = groups[0]?.kinds[0];
          if (first && words !== '') onPick(first.kind);
        }}
      />
      <div className="palette-groups">
        {groups.map(({ group, kinds }) => (
          <section key={group}>
            <h3>{t(`palette.groups.${group}`)}</h3>
            {kinds.map((kind) => (
              <button
                key={kind.kind}
                type="button"
                className="palette-kind"
                draggable
                style={{ '--bar': GROUP_COLOUR[group] } as React.CSSProperties}
                title={t('palette.hint')}
                onClick={() => onPick(kind.kind)}
                onDragStart={(e) => {
                  e.dataTransfer.setData(KIND_MIME, kind.kind);
                  e.dataTransfer.effectAllowed = 'copy';
                }}
              >
                <span className="palette-icon">
                  <KindIcon name={kind.face.icon} />
                </span>
                {say(kind.face.title)}
              </button>
            ))}
          </section>
        ))}
        {groups.length === 0 && <p className="muted palette-none">{t('palette.none')}</p>}
      </div>
    </nav>
  );
}
