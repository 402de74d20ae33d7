import { Button } from 'antd';
import { NODE_KINDS } from '../../../shared/nodes/index.ts';
import { useWords } from '../i18n/index.ts';
import { KindIcon } from '../ui/kind-icon.tsx';

/** On an empty canvas: the ways to begin. */
export function FirstStep({ onPick }: { onPick: (kind: string) => void }) {
  const { t, say } = useWords();
  const entries = [...NODE_KINDS.values()].filter((kind) => kind.entry !== undefined);
  return (
    <div className="canvas-hint">
      <h2>{t('canvas.emptyTitle')}</h2>
      <p className="muted">{t('canvas.emptyText')}</p>
      <div className="kinds">
        {entries.map((kind) => (
          <Button key={kind.kind} icon={<KindIcon name={kind.face.icon} />} onClick={() => onPick(kind.kind)}>
            {say(kind.face.title)}
          </Button>
        ))}
      </div>
    </div>
  );
}
