import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { Brand } from '../shell/brand.tsx';
import { Preferences } from '../shell/preferences.tsx';
import './side.css';
import './canvas-head.css';

export type Mode = 'edit' | 'live' | 'run';

/** Where each way of looking at a journey lives. */
export const modePath = (journey: string, mode: Mode): string =>
  ({
    edit: `/journeys/${journey}`,
    live: `/journeys/${journey}/live`,
    run: `/executions?journey=${encodeURIComponent(journey)}`,
  })[mode];

interface Props {
  readonly journey: string;
  readonly mode: Mode;
  readonly left: ReactNode;
  readonly right: ReactNode;
}

/** The head over the canvas in every mode: name at the left, the modes in the middle, what to do at the right. */
export function CanvasHead({ journey, mode, left, right }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <header className="canvas-head">
      <div className="canvas-head-left">
        <Brand compact />
        {left}
      </div>
      <Segmented
        aria-label={t('editor.modes')}
        value={mode}
        options={(['edit', 'live', 'run'] as const).map((m) => ({ value: m, label: t(`editor.mode.${m}`) }))}
        onChange={(m) => navigate(modePath(journey, m as Mode))}
      />
      <div className="canvas-head-right">
        {right}
        <span className="canvas-head-prefs">
          <Preferences />
        </span>
      </div>
    </header>
  );
}
