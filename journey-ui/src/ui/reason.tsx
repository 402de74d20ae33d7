import { useWords } from '../i18n/index.ts';

/** Why something was not sent or somebody not let in: in words where the code is known, else the code itself. */
export function ReasonText({ reason }: { reason: string }) {
  const { t } = useWords();
  return <small className="reason">{t(`reason.${reason}`, { defaultValue: reason })}</small>;
}
