import { useDeferredValue, useMemo } from 'react';
import { byteLength, CHANNELS, render } from '../../../../shared/messages/index.ts';
import { useZone } from '../../api/customers.ts';
import { useWords } from '../../i18n/index.ts';
import { useStackNow } from '../../shell/use-clock.ts';
import { useEditor } from '../../store/editor.ts';
import '../../ui/bubble.css';

/** A template as a sample customer would read it, or why she would read nothing. */
export function TemplatePreview({ template }: { template: string }) {
  const { t, say } = useWords();
  const body = useDeferredValue(template);
  const journey = useEditor((s) => s.journey);
  const zone = useZone() ?? 'Asia/Shanghai';
  const now = useStackNow();
  const name = t('form.sample.name');
  const limits = Object.values(CHANNELS)[0]?.limits ?? { body: 4000 };
  const minute = Math.floor(now / 60_000) * 60_000;
  const result = useMemo(
    () =>
      render(
        { body },
        {
          user: { id: 'u_1001', name, firstName: name, tags: [], city: t('form.sample.city') },
          event: {
            name: 'Order Completed',
            at: new Date(minute).toISOString(),
            properties: { total: 268, order_id: 'A-1024', product_name: t('form.sample.product') },
          },
          journey: { id: journey?.id ?? 'journey', name: journey?.name ?? '' },
          coupon: { code: 'SPRING10', amount: 10 },
          links: { shop: 'https://example.com/shop' },
          company: { name: t('form.sample.company') },
        },
        { now: new Date(minute).toISOString(), zone },
        { limits },
      ),
    [body, journey?.id, journey?.name, minute, zone, name, t, limits],
  );
  return (
    <div className="phone" aria-live="polite">
      {result.ok ? (
        <div className="bubble">{result.body}</div>
      ) : (
        <p className="field-problem warning">{say(result.words)}</p>
      )}
      <p className="preview-note">
        {t('form.previewNote', { name, bytes: result.ok ? byteLength(result.body) : 0, most: limits.body })}
      </p>
    </div>
  );
}
