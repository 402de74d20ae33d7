import { CloseOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip } from 'antd';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { deleteNodes, type JourneyNode, setConfig, setStage, setTitle } from '../../../shared/journey/index.ts';
import { nodeKind } from '../../../shared/nodes/index.ts';
import { readConfig } from '../../../shared/nodes/read-config.ts';
import { STAGE_NAMES, STAGES } from '../../../shared/stages.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { duplicate } from '../editor/drawing.ts';
import { SchemaForm } from '../form/field-view.tsx';
import { under } from '../form/problems.ts';
import { useWords } from '../i18n/index.ts';
import { edit, endGroup, select, useEditor } from '../store/editor.ts';
import { CustomerPreview } from './customer-preview.tsx';
import './inspector.css';

/** The selected node's form, made from its kind's schema. */
export function Inspector({ node, problems }: { node: JourneyNode; problems: readonly Diagnostic[] }) {
  const { t, say } = useWords();
  const voice = useVoice();
  const journey = useEditor((s) => s.journey);
  const kind = nodeKind(node.kind);
  const card = cardOf(node, voice);
  const reading = kind && readConfig(kind, node.kindVersion, node.config);
  const config = reading?.ok ? reading.config : node.config;
  const loose = problems.filter((p) => !p.field?.startsWith('config.'));
  return (
    <aside className="side inspector" aria-label={t('inspector.label')} onBlur={endGroup}>
      <div className="side-head">
        <div>
          <h2>{card.title}</h2>
          {card.title !== card.kindTitle && <p>{card.kindTitle}</p>}
        </div>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('close')} onClick={() => select([])} />
      </div>
      {loose.map((p) => (
        <p key={p.code + p.field} className={`inspector-problem ${p.severity}`}>
          {say(p.message)} <span>{say(p.next)}</span>
        </p>
      ))}
      <div className="form">
        <div className="field">
          <label htmlFor="node-title">
            {t('inspector.title')}
            <small>{t('optional')}</small>
          </label>
          <Input
            id="node-title"
            value={node.title ?? ''}
            placeholder={card.kindTitle}
            maxLength={60}
            onChange={(e) => edit((j) => setTitle(j, node.id, e.target.value), `${node.id} title`)}
          />
        </div>
        {kind && (
          <SchemaForm
            key={node.id}
            schema={kind.config}
            value={config}
            problems={under(problems, 'config')}
            onChange={(next, field) => edit((j) => setConfig(j, node.id, next), `${node.id} ${field}`)}
          />
        )}
        {journey && kind?.needs.includes('send') && <CustomerPreview journey={journey} node={node.id} />}
        <div className="field">
          <span className="field-label" id="node-stage">
            {t('inspector.stage')}
          </span>
          <fieldset className="stage-dots" aria-labelledby="node-stage">
            {STAGES.map((stage) => (
              <Tooltip key={stage} title={say(STAGE_NAMES[stage])}>
                <button
                  type="button"
                  aria-pressed={node.stage === stage}
                  aria-label={say(STAGE_NAMES[stage])}
                  className={node.stage === stage ? 'on' : ''}
                  style={{ '--tint': `var(--lane-${stage})` } as React.CSSProperties}
                  onClick={() => edit((j) => setStage(j, [node.id], stage))}
                />
              </Tooltip>
            ))}
            <span>{say(STAGE_NAMES[node.stage])}</span>
          </fieldset>
        </div>
      </div>
      <div className="side-actions">
        <Button
          icon={<CopyOutlined />}
          onClick={() =>
            edit((j) => {
              const made = duplicate(j, [node.id]);
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
            edit((j) => deleteNodes(j, [node.id]));
            select([]);
          }}
        >
          {t('delete')}
        </Button>
      </div>
    </aside>
  );
}
