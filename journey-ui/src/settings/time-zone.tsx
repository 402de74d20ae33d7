import { App, Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Ruleset } from '../../../shared/tags/index.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkingRules } from '../rules/use-working-rules.ts';
import { reasonOf } from '../ui/states.tsx';

/** By which place's clock days begin; a change of it is a change of the rules, so it goes into their draft. */
export function TimeZone() {
  const rules = useWorkingRules();
  if (rules.ruleset === undefined) return null;
  return <ZoneForm key={rules.ruleset.zone} rules={rules} ruleset={rules.ruleset} />;
}

function ZoneForm({ rules, ruleset }: { rules: ReturnType<typeof useWorkingRules>; ruleset: Ruleset }) {
  const { t, say, language } = useWords();
  const { message } = App.useApp();
  const [zone, setZone] = useState(ruleset.zone);
  const zones = useMemo(() => zonesWith(ruleset.zone), [ruleset.zone]);
  const inForce = rules.current?.zone;
  const keep = async (): Promise<void> => {
    try {
      await rules.save({ ...ruleset, zone });
      message.success(t('zone.kept'));
    } catch (error) {
      message.error(say(reasonOf(error)) || t('failed.offline'));
    }
  };
  return (
    <section className="panel">
      <h2 className="settings-head">
        <span>{t('zone.title')}</span>
        {inForce !== undefined && inForce !== ruleset.zone && (
          <span className="pill">{t('zone.inDraft', { zone: ruleset.zone })}</span>
        )}
      </h2>
      <div className="panel-body">
        <p className="muted">{t('zone.what')}</p>
        <div className="settings-zone">
          <Select
            showSearch
            aria-label={t('zone.pick')}
            value={zone}
            options={zones.map((name) => ({ value: name, label: `${name.replaceAll('_', ' ')} (${offsetOf(name)})` }))}
            optionFilterProp="label"
            onChange={setZone}
          />
          <span className="muted">{t('zone.now', { at: timeIn(zone, language) })}</span>
        </div>
        <div className="settings-foot">
          <p className="muted">{t('zone.foot')}</p>
          {rules.isDraft && <Link to="/tags">{t('zone.toDraft')}</Link>}
          <Button disabled={zone === ruleset.zone} onClick={() => setZone(ruleset.zone)}>
            {t('cancel')}
          </Button>
          <Button type="primary" disabled={zone === ruleset.zone} loading={rules.saving} onClick={keep}>
            {t('zone.keep')}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** Those that this browser knows; the one in force though it may be called otherwise here. */
const zonesWith = (own: string): string[] => [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])].sort();

function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(new Date());
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name === 'GMT' ? 'UTC' : name.replace('GMT', 'UTC');
}

const timeIn = (zone: string, language: string): string =>
  new Intl.DateTimeFormat(language, { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(),
  );
