import { useWords } from '../i18n/index.ts';
import { causeOf } from './cause-of.ts';
import './fault.css';

/** The word for an error name of Step Functions, Lambda or Pergola: the name itself, else its family, else any. */
function useFaultWords(): (name: string) => string {
  const { t } = useWords();
  return (name) => {
    const [family = '', one = ''] = name.split('.');
    const general = t(`fault.${family}.any`, { defaultValue: t('fault.any') });
    return one === '' ? general : t(`fault.${family}.${one}`, { defaultValue: general });
  };
}

/**
 * Why a step or a run ended early: in words first, then the machine's own name of it and what the function said; where
 * in the code it was only for whoever unfolds it.
 */
export function Fault({ error, cause }: { error: string; cause?: string | undefined }) {
  const { t } = useWords();
  const words = useFaultWords();
  const { said, trace } = causeOf(cause);
  return (
    <span className="fault">
      {words(error)}
      <small className="mono">
        {error}
        {said !== undefined && `: ${said}`}
      </small>
      {trace !== undefined && (
        <details>
          <summary>{t('fault.trace')}</summary>
          <small className="mono">{trace}</small>
        </details>
      )}
    </span>
  );
}
