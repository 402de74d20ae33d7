import { CloseOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { z } from 'zod';
import {
  durationSchema,
  type EndRule,
  freeId,
  type Journey,
  PRIORITIES,
  PRIORITY_NAMES,
  type Priority,
  type Reentry,
  reentries,
  setJourney,
} from '../../../shared/journey/index.ts';
import { STAGE_NAMES, STAGES, type Stage } from '../../../shared/stages.ts';
import { useSegments } from '../api/segments.ts';
import { ConditionField } from '../form/widgets/condition.tsx';
import { Duration } from '../form/widgets/times.tsx';
import { TriggerBox } from '../form/widgets/trigger.tsx';
import { useWords } from '../i18n/index.ts';
import { edit, endGroup } from '../store/editor.ts';
import { ExclusionField } from './exclusion-field.tsx';

const ANY = z.unknown();

/** The zones this browser knows, and the one the document names even if it does not. */
const zones = (own: string | undefined): readonly string[] => [
  ...new Set([...(own === undefined ? [] : [own]), ...Intl.supportedValuesOf('timeZone'), 'UTC']),
];

const set = (change: Partial<Omit<Journey, 'schema' | 'id' | 'nodes' | 'edges'>>, group?: string): void =>
  edit((j) => setJourney(j, change), group);

/** What the journey says of itself: name, who may come in and how often, what ends it. */
export function JourneySettings({ journey, onClose }: { journey: Journey; onClose: () => void }) {
  const { t, say } = useWords();
  const families = useSegments().data?.families ?? [];
  const { entry } = journey;
  return (
    <aside className="side" aria-label={t('settings.label')} onBlur={endGroup}>
      <div className="side-head">
        <h2>{t('settings.label')}</h2>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('close')} onClick={onClose} />
      </div>
      <div className="form">
        <div className="field">
          <label htmlFor="journey-name">{t('settings.name')}</label>
          <Input
            id="journey-name"
            value={journey.name}
            maxLength={80}
            status={journey.name.trim() === '' ? 'error' : ''}
            onChange={(e) => set({ name: e.target.value }, 'name')}
          />
        </div>
        <div className="field">
          <label htmlFor="journey-description">{t('settings.description')}</label>
          <Input.TextArea
            id="journey-description"
            value={journey.description ?? ''}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(e) => set({ description: e.target.value || undefined }, 'description')}
          />
        </div>
        <div className="field">
          <label htmlFor="journey-stage">{t('settings.stage')}</label>
          <Select<Stage>
            id="journey-stage"
            allowClear
            {...(journey.stage !== undefined && { value: journey.stage })}
            placeholder={t('none')}
            options={STAGES.map((stage) => ({ value: stage, label: say(STAGE_NAMES[stage]) }))}
            onChange={(stage) => set({ stage })}
          />
        </div>
        <div className="field">
          <label htmlFor="journey-priority">{t('settings.priority')}</label>
          <Segmented<Priority>
            id="journey-priority"
            block
            aria-label={t('settings.priority')}
            value={journey.priority ?? 'normal'}
            options={PRIORITIES.map((one) => ({ value: one, label: say(PRIORITY_NAMES[one]) }))}
            onChange={(priority) => set({ priority: priority === 'normal' ? undefined : priority })}
          />
          <p className="field-help">{t('settings.priorityHelp')}</p>
        </div>
        <div className="field">
          <label htmlFor="journey-reentry">{t('settings.reentry')}</label>
          <Select
            id="journey-reentry"
            value={entry.reentry.type}
            options={reentries().map(({ blank, label }) => ({ value: blank.type, label: say(label) }))}
            onChange={(type) => {
              const chosen = reentries().find(({ blank }) => blank.type === type);
              if (chosen !== undefined) set({ entry: { ...entry, reentry: chosen.blank } });
            }}
          />
          {'duration' in entry.reentry && (
            <Duration
              id="journey-reentry-after"
              label={t('settings.reentry')}
              schema={durationSchema}
              meta={{}}
              required
              value={entry.reentry.duration}
              onChange={(d) => {
                const changed = { ...entry.reentry, duration: String(d) } as Reentry;
                set({ entry: { ...entry, reentry: changed } }, 'reentry');
              }}
            />
          )}
          <p className="field-help">{t('settings.reentryHelp')}</p>
        </div>
        <div className="field">
          <span className="field-label">{t('settings.audience')}</span>
          <ConditionField
            id="journey-audience"
            label={t('settings.audience')}
            schema={ANY}
            meta={{}}
            required={false}
            value={entry.audience}
            onChange={(c) => {
              const { audience: _old, ...rest } = entry;
              set(
                { entry: c === undefined ? rest : { ...entry, audience: c as NonNullable<typeof entry.audience> } },
                'audience',
              );
            }}
          />
          <p className="field-help">{t('settings.audienceHelp')}</p>
        </div>
        <ExclusionField
          value={entry.exclude}
          onChange={(exclude) => {
            const { exclude: _old, ...rest } = entry;
            set({ entry: exclude === undefined ? rest : { ...rest, exclude } });
          }}
        />
        <div className="field">
          <label htmlFor="journey-family">{t('settings.family')}</label>
          <Select
            id="journey-family"
            allowClear
            value={entry.family ?? null}
            placeholder={t('settings.noFamily')}
            options={families.map(({ id, name }) => ({ value: id, label: say(name) }))}
            onChange={(family: string | null | undefined) => {
              const { family: _old, ...rest } = entry;
              set({ entry: family ? { ...rest, family } : rest });
            }}
          />
          <p className="field-help">{t('settings.familyHelp')}</p>
        </div>
        <div className="field">
          <label htmlFor="journey-age">{t('settings.maxEventAge')}</label>
          <Duration
            id="journey-age"
            label={t('settings.maxEventAge')}
            schema={durationSchema}
            meta={{}}
            required={false}
            value={entry.maxEventAge}
            onChange={(age) => {
              const { maxEventAge: _old, ...rest } = entry;
              set({ entry: age === undefined ? rest : { ...rest, maxEventAge: String(age) } }, 'maxEventAge');
            }}
          />
          <p className="field-help">{t('settings.maxEventAgeHelp')}</p>
        </div>
        <div className="field">
          <label htmlFor="journey-zone">{t('settings.zone')}</label>
          <Select
            id="journey-zone"
            allowClear
            showSearch
            value={journey.zone ?? null}
            placeholder={t('settings.tenantZone')}
            options={zones(journey.zone).map((zone) => ({ value: zone, label: zone }))}
            onChange={(zone: string | null) => set({ zone: zone ?? undefined })}
          />
          <p className="field-help">{t('settings.zoneHelp')}</p>
        </div>
        <EndRules name="goals" rules={journey.goals} onChange={(goals) => set({ goals }, 'goals')} />
        <EndRules name="exits" rules={journey.exits} onChange={(exits) => set({ exits }, 'exits')} />
      </div>
    </aside>
  );
}

function EndRules({
  name,
  rules,
  onChange,
}: {
  name: 'goals' | 'exits';
  rules: readonly EndRule[];
  onChange: (rules: EndRule[]) => void;
}) {
  const { t } = useWords();
  const put = (i: number, rule: EndRule): void => onChange(rules.map((old, j) => (j === i ? rule : old)));
  return (
    <div className="field">
      <span className="field-label">{t(`settings.${name}`)}</span>
      <div className="items">
        {rules.map((rule, i) => (
          <div className="item" key={rule.id}>
            <div className="row">
              <Input
                className="grow"
                value={rule.name}
                aria-label={t('settings.ruleName')}
                onChange={(e) => put(i, { ...rule, name: e.target.value })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('remove')}
                onClick={() => onChange(rules.filter((_, j) => j !== i))}
              />
            </div>
            <TriggerBox value={rule.on} onChange={(on) => put(i, { ...rule, on })} />
          </div>
        ))}
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() =>
            onChange([
              ...rules,
              {
                id: freeId(
                  rules.map((r) => r.id),
                  name.slice(0, -1),
                ),
                name: t(`settings.new.${name}`),
                on: { type: 'event', event: 'Order Completed' },
              },
            ])
          }
        >
          {t(`settings.add.${name}`)}
        </Button>
      </div>
      <p className="field-help">{t(`settings.help.${name}`)}</p>
    </div>
  );
}
