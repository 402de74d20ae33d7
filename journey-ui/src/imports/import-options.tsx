import { Alert, Input, Select, Switch } from 'antd';
import type { ImportRequest } from '../../../shared/imports/index.ts';
import { useWords } from '../i18n/index.ts';

export type Options = Pick<ImportRequest, 'zone' | 'asOf' | 'startJourneys'>;

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

/** What the file does not say of itself; and whether what it tells is news. */
export function ImportOptions({ options, onOptions }: { options: Options; onOptions: (options: Options) => void }) {
  const { t } = useWords();
  return (
    <section className="panel import-options">
      <label htmlFor="import-zone">
        <b>{t('imports.zone')}</b>
        <small className="muted">{t('imports.zoneText')}</small>
      </label>
      <Select
        id="import-zone"
        showSearch
        value={options.zone}
        options={ZONES}
        onChange={(zone) => onOptions({ ...options, zone })}
      />
      <label htmlFor="import-as-of">
        <b>{t('imports.asOf')}</b>
        <small className="muted">{t('imports.asOfText')}</small>
      </label>
      <Input
        id="import-as-of"
        type="datetime-local"
        value={localText(options.asOf)}
        onChange={({ target }) => {
          const at = new Date(target.value);
          if (!Number.isNaN(at.getTime())) onOptions({ ...options, asOf: at.toISOString() });
        }}
      />
      <label htmlFor="import-journeys">
        <b>{t('imports.journeys')}</b>
        <small className="muted">{t('imports.journeysText')}</small>
      </label>
      <Switch
        id="import-journeys"
        checked={options.startJourneys}
        onChange={(startJourneys) => onOptions({ ...options, startJourneys })}
      />
      {options.startJourneys && (
        <Alert
          className="import-warning"
          type="warning"
          showIcon
          title={t('imports.journeysWarning')}
          description={t('imports.journeysWarningText')}
        />
      )}
    </section>
  );
}

/** As the browser's own field shows it: by the clock of this machine, to the minute. */
function localText(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
