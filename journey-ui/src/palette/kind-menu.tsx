import { Input } from 'antd';
import { useState } from 'react';
import type { NodeKind } from '../../../shared/nodes/index.ts';
import { useWords } from '../i18n/index.ts';
import { GROUP_COLOUR } from '../theme/tokens.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { paletteGroups } from './groups.ts';

interface Props {
  readonly at: { readonly x: number; readonly y: number };
  readonly only?: (kind: NodeKind) => boolean;
  readonly onPick: (kind: string) => void;
  readonly onClose: () => void;
}

/** The kinds at the pointer, for a "+": type to search, arrows to move, Enter to take. */
export function KindMenu({ at, only, onPick, onClose }: Props) {
  const { t, say } = useWords();
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const groups = paletteGroups(words, only);
  const kinds = groups.flatMap((g) => g.kinds);
  const left = Math.min(at.x + 10, window.innerWidth - 250);
  const top = Math.min(at.y - 20, window.innerHeight - 440);
  return (
    <>
      <div className="kind-menu-veil" aria-hidden="true" onMouseDown={onClose} />
      <div
        className="kind-menu"
        role="dialog"
        aria-label={t('palette.label')}
        style={{ left, top: Math.max(12, top) }}
        onKeyDown={(e) => {
          e.stopPropagation();
          if (e.key === 'Escape') onClose();
          if (e.key === 'ArrowDown') setActive((i) => Math.min(i + 1, kinds.length - 1));
          if (e.key === 'ArrowUp') setActive((i) => Math.max(i - 1, 0));
          const kind = kinds[active];
          if (e.key === 'Enter' && kind && (e.target as HTMLElement).tagName === 'INPUT') onPick(kind.kind);
        }}
      >
        <Input
          autoFocus
          placeholder={t('palette.search')}
          aria-label={t('palette.search')}
          value={words}
          onChange={(e) => {
            setWords(e.target.value);
            setActive(0);
          }}
        />
        {groups.map(({ group, kinds: members }) => (
          <section key={group}>
            <h3>{t(`palette.groups.${group}`)}</h3>
            {members.map((kind) => (
              <button
                key={kind.kind}
                type="button"
                className={`palette-kind ${kinds[active] === kind ? 'active' : ''}`}
                style={{ '--bar': GROUP_COLOUR[group] } as React.CSSProperties}
                onClick={() => onPick(kind.kind)}
              >
                <span className="palette-icon">
                  <KindIcon name={kind.face.icon} />
                </span>
                {say(kind.face.title)}
              </button>
            ))}
          </section>
        ))}
        {kinds.length === 0 && <p className="muted palette-none">{t('palette.none')}</p>}
      </div>
    </>
  );
}
