import { ExpandOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { useReactFlow, useViewport } from '@xyflow/react';
import { Button, Tooltip } from 'antd';
import { useWords } from '../i18n/index.ts';

/** Zoom and fit, bottom left. */
export function Zoom({ onFit }: { onFit: () => void }) {
  const flow = useReactFlow();
  const { zoom } = useViewport();
  const { t } = useWords();
  return (
    <div className="zoom">
      <Button
        type="text"
        size="small"
        icon={<MinusOutlined />}
        aria-label={t('canvas.zoomOut')}
        onClick={() => flow.zoomOut({ duration: 120 })}
      />
      <Tooltip title={t('canvas.actual')}>
        <Button type="text" size="small" className="zoom-level" onClick={() => flow.zoomTo(1, { duration: 120 })}>
          {Math.round(zoom * 100)}%
        </Button>
      </Tooltip>
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        aria-label={t('canvas.zoomIn')}
        onClick={() => flow.zoomIn({ duration: 120 })}
      />
      <Tooltip title={t('canvas.fit')}>
        <Button type="text" size="small" icon={<ExpandOutlined />} aria-label={t('canvas.fit')} onClick={onFit} />
      </Tooltip>
    </div>
  );
}
