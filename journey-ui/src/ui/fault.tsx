import { useWords } from '../i18n/index.ts';
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

/** Why a step or a run ended early: in words first, the machine's own name and cause below for whoever looks deeper. */
export function Fault({ error, cause }: { error: string; cause?: string | undefined }) {
  const words = useFaultWords();
  return (
    <span className="fault">
      {words(error)}
      <small className="mono">
        {error} {cause}
      </small>
    </span>
  );
}
