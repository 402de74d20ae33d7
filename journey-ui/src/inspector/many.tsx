import { DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { deleteNodes, setStage } from '../../../shared/journey/index.ts';
import { STAGE_NAMES, STAGES, type Stage } from '../../../shared/stages.ts';
import { duplicate } from '../editor/drawing.ts';
import { useWords } from '../i18n/index.ts';
import { edit, select } from '../store/editor.ts';

/** What can be done to several selected nodes together. */
export function ManySelected({ ids }: { ids: readonly string[] }) {
  const { t, say } = useWords();
  return (
    <aside className="side" aria-label={t('inspector.label')}>
      <div className="side-head">
        <h2>{t('inspector.many', { n: ids.length })}</h2>
      </div>
      <div className="field">
        <label htmlFor="many-stage">{t('inspector.moveTo')}</label>
        <Select<Stage>
          id="many-stage"
          placeholder={t('inspector.stage')}
          options={STAGES.map((stage) => ({ value: stage, label: say(STAGE_NAMES[stage]) }))}
          onChange={(stage) => edit((j) => setStage(j, ids, stage))}
        />
      </div>
      <div className="side-actions">
        <Button
          onClick={() =>
            edit((j) => {
              const made = duplicate(j, ids);
              select(made.nodes);
              return made.journey;
            })
          }
        >
          {t('inspector.duplicate')}
        </Button>
        <Button
          danger
          icon={<DeleteOutlined />}
          onClick={() => {
            edit((j) => deleteNodes(j, ids));
            select([]);
          }}
        >
          {t('delete')}
        </Button>
      </div>
    </aside>
  );
}
