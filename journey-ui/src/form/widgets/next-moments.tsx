import { parseSchedule } from '../../../../shared/schedule-expressions/index.ts';
import { useZone } from '../../api/customers.ts';
import { useWords } from '../../i18n/index.ts';
import { useStackNow } from '../../shell/use-clock.ts';
import { useEditor } from '../../store/editor.ts';

const MANY = 3;

/** When a schedule comes next, by the clock that it goes by: nobody has the lunar calendar in her head. */
export function NextMoments({ expression }: { expression: string }) {
  const { t, language } = useWords();
  const journeyZone = useEditor((s) => s.journey?.zone);
  const tenantZone = useZone();
  const now = useStackNow(60_000);
  const zone = journeyZone ?? tenantZone;
  const occurrences = parseSchedule(expression, zone);
  if (occurrences === undefined) return null;
  const moments: number[] = [];
  for (let at = occurrences.next(now, now); at !== undefined && moments.length < MANY; at = occurrences.next(at, now)) {
    moments.push(at);
  }
  if (moments.length === 0) return <p className="field-help">{t('form.never')}</p>;
  const day = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone !== undefined && { timeZone: zone }),
  });
  return (
    <ul className="next-moments" aria-label={t('form.next')}>
      {moments.map((at) => (
        <li key={at}>{day.format(at)}</li>
      ))}
    </ul>
  );
}
