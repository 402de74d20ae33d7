import { Link } from 'react-router';
import { useJourney, useJourneys } from '../api/journeys.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { journeyStep } from './journey-step.ts';

/** Who made a change: a step of a journey by its name, or a person. `ref` is what the service recorded. */
export function ByWhom({ by, reference, customer }: { by: string; reference: string; customer: string }) {
  const { t } = useWords();
  const step = by === 'journey' ? journeyStep(reference) : undefined;
  if (step) return <ByStep {...step} customer={customer} />;
  // The local stack has one person only, and no name for her.
  const named = reference !== '' && reference !== 'local@localhost' && by === 'manual';
  return <small>{named ? t('customers.byPerson', { name: reference }) : t('customers.byHand')}</small>;
}

function ByStep({
  journey,
  node,
  enrolment,
  customer,
}: {
  journey: string;
  node: string;
  enrolment: string;
  customer: string;
}) {
  const { t } = useWords();
  const voice = useVoice();
  const name = useJourneys().data?.items.find((j) => j.id === journey)?.name ?? journey;
  const drawn = useJourney(journey).data?.draft.document.nodes.find((n) => n.id === node);
  const step = drawn ? cardOf(drawn, voice).title : '';
  return (
    <small>
      <Link to={`/executions/${encodeURIComponent(customer)}/${encodeURIComponent(enrolment)}`}>
        {step === '' ? t('customers.byJourney', { journey: name }) : t('customers.byStep', { journey: name, step })}
      </Link>
    </small>
  );
}
