import type { Build, Fragment, FragmentState } from './build.ts';
import { lotExpression } from './lot.ts';

/**
 * The one builder behind every kind's lower(). Long waits live here: were they to be parked outside the execution, it
 * would be `wait` and `waitUntil` that change, and no kind.
 */
export function builderFor(journey: string, node: string, outlets: readonly string[]): Build {
  /** A call that leaves the node at once; with several outlets a Choice routes on its answer. */
  const call = (handler: 'decide' | 'perform'): Fragment => {
    const [only] = outlets;
    if (outlets.length === 1) {
      return one({ type: 'step', role: 'step', handler, passes: true, next: { outlet: only! } });
    }
    return {
      start: 'step',
      states: [
        { type: 'step', role: 'step', handler, passes: true, next: { state: 'route' } },
        { type: 'route', role: 'route', outlets },
      ],
    };
  };
  return {
    node,
    outlets,
    decide: () => call('decide'),
    perform: () => call('perform'),
    performPatiently: (atMost) => ({
      start: 'step',
      states: [
        { type: 'step', role: 'step', handler: 'perform', passes: false, next: { state: 'route' } },
        { type: 'route', role: 'route', outlets, later: 'pause' },
        { type: 'pause', role: 'pause', holds: { typical: 0, atMost }, next: { state: 'step' } },
      ],
    }),
    wait: (seconds, outlet) =>
      one({ type: 'wait', role: 'wait', for: { seconds }, holds: { typical: seconds, atMost: seconds }, outlet }),
    waitUntil: (outlet, holds) => ({
      start: 'when',
      states: [
        { type: 'step', role: 'when', handler: 'decide', passes: false, next: { state: 'wait' } },
        { type: 'wait', role: 'wait', for: { until: 'answered' }, holds, outlet },
      ],
    }),
    await: (seconds, timedOut) => {
      const awaited = outlets.filter((o) => o !== timedOut);
      const next = awaited.length === 1 ? { outlet: awaited[0]! } : { state: 'route' };
      const states: FragmentState[] = [{ type: 'await', role: 'await', seconds, timedOut, next }];
      if (awaited.length > 1) states.push({ type: 'route', role: 'route', outlets: awaited });
      return { start: 'await', states };
    },
    choose: (rules, otherwise, shares) => ({
      ...one({ type: 'choose', role: 'choose', rules, otherwise }),
      ...(shares && { shares }),
    }),
    end: () => one({ type: 'end', role: 'end' }),
    lot: lotExpression(journey, node),
  };
}

const one = (state: FragmentState): Fragment => ({ start: state.role, states: [state] });
