export { advanceCustomer, type Outcome, TooMuchContention, type Work } from './advance-customer.ts';
export type { Incoming } from './commit.ts';
export { type Due, dueBy } from './due.ts';
export { expectedDue, expectStates } from './expected.ts';
export { type Happened, happenedIn } from './happened.ts';
export { changesSince, keptEvents, recentHistory } from './history.ts';
export { CHANGES, customerOf, customerPk, EVENT, STATE } from './keys.ts';
export { keepRejected, listRejected, type RejectedEvent } from './rejected.ts';
export { type Loaded, loadedFrom, loadState, loadStates, type RememberedStops } from './states.ts';
