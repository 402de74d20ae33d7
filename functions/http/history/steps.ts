import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { AslState } from '../../../shared/compiler/index.ts';
import { type Enrolment, pathKey } from '../../ports/enrolments/index.ts';
import type { JourneyVersion } from '../../ports/journeys/index.ts';

/** One state that the execution went through, named after the node it was compiled from. */
export interface RunStep {
  /** Absent for the machine's own states (entry, ended, failed). */
  readonly node?: string;
  readonly role: string;
  readonly state: string;
  /** AWS's name of the kind of state: Task, Wait, Choice … */
  readonly type: string;
  readonly enteredAt: string;
  exitedAt?: string;
  input?: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
  outlet?: string;
  retries: number;
  /** While it waits: until when at most. */
  waitingUntil?: string;
}

const FAILED = [
  'taskFailedEventDetails',
  'taskTimedOutEventDetails',
  'taskSubmitFailedEventDetails',
  'taskStartFailedEventDetails',
  'evaluationFailedEventDetails',
] as const;

/**
 * An execution's history as steps of the journey, in order of entering. Our machines have no parallel states, so what
 * happens always happens to the state entered last.
 */
export function stepsOf(
  history: readonly HistoryEvent[],
  { map, asl }: JourneyVersion,
  enrolment: Enrolment,
): RunStep[] {
  const steps: RunStep[] = [];
  let attempts = 0;
  for (const event of history) {
    const entered = event.stateEnteredEventDetails;
    if (entered?.name !== undefined) {
      const { node, role } = map.states[entered.name] ?? { role: 'unknown' };
      const type = event.type!.replace('StateEntered', '');
      const input = parsed(entered.input);
      const state = (asl as { States: Record<string, AslState> }).States[entered.name];
      const waitingUntil = state && until(state, role, event.timestamp!, input);
      steps.push({
        node,
        role,
        state: entered.name,
        type,
        enteredAt: event.timestamp!.toISOString(),
        input,
        retries: 0,
        waitingUntil,
      });
      attempts = 0;
      continue;
    }
    const current = steps.at(-1);
    if (current === undefined) continue;
    if (event.type === 'TaskScheduled') current.retries = attempts++;
    for (const name of FAILED) {
      const { error, cause } = event[name] ?? {};
      if (error !== undefined) Object.assign(current, { error, cause });
    }
    const over =
      event.executionFailedEventDetails ?? event.executionAbortedEventDetails ?? event.executionTimedOutEventDetails;
    if (over !== undefined) {
      Object.assign(current, {
        error: current.error ?? over.error,
        cause: current.cause ?? over.cause,
        waitingUntil: undefined,
      });
    }
    const exited = event.stateExitedEventDetails;
    if (exited?.name === current.state) {
      Object.assign(current, {
        exitedAt: event.timestamp!.toISOString(),
        output: parsed(exited.output),
        waitingUntil: undefined,
      });
    }
  }
  return withOutlets(steps, enrolment);
}

/** The outlets come from the journey's own journal; a loop's n-th visit is the node's n-th passage. */
function withOutlets(steps: RunStep[], { path }: Enrolment): RunStep[] {
  const visits = new Map<string, number>();
  let last: RunStep | undefined;
  for (const step of steps) {
    const { node } = step;
    // Several states of one node in a row are one visit.
    if (node !== undefined && last?.node !== node) visits.set(node, (visits.get(node) ?? 0) + 1);
    last = step;
    if (node !== undefined) step.outlet = path[pathKey(node, visits.get(node)!)]?.outlet;
  }
  return steps;
}

function until(state: AslState, role: string, entered: Date, input: unknown): string | undefined {
  const after = (seconds: unknown) =>
    typeof seconds === 'number' ? new Date(entered.getTime() + seconds * 1000).toISOString() : undefined;
  if (role === 'await') return after(state['TimeoutSeconds']);
  if (role !== 'wait' && role !== 'pause') return undefined;
  const answered = (input as { until?: unknown } | undefined)?.until;
  return after(state['Seconds']) ?? (typeof answered === 'string' ? answered : undefined);
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
