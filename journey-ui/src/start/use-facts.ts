import { useInbox } from '../api/customers.ts';
import { useJourneys } from '../api/journeys.ts';
import { useSegments } from '../api/segments.ts';
import type { Facts } from './steps.ts';

/** What the other pages ask for anyway, in numbers. */
export function useFacts(): Facts {
  const segments = useSegments().data;
  const journeys = useJourneys().data?.items;
  const inbox = useInbox();
  return {
    customers: segments?.customers,
    peopled: segments?.items.filter(({ count }) => count > 0).length,
    segmentsWithGoal: segments?.items.filter(({ goal }) => goal !== undefined).length,
    liveJourneys: journeys?.filter(({ status }) => status === 'live').length,
    entered: journeys?.reduce((sum, { entered }) => sum + entered, 0),
    messages: inbox.data?.pages.reduce((sum, { items }) => sum + items.length, 0),
  };
}
