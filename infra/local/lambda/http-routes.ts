import type { HttpAuth } from '../../topology.ts';

/** A route of an HTTP API: `[METHOD ]/path/{parameter}/{rest+}`. */
export interface Route {
  /** As API Gateway names it, `ANY /api/{proxy+}`. */
  readonly key: string;
  readonly functionName: string;
  readonly auth: HttpAuth;
  readonly method: string;
  readonly steps: readonly string[];
}

export function parseRoute(text: string, functionName: string, auth: Route['auth']): Route {
  const [path = '', method = 'ANY'] = text.split(' ').reverse();
  return { key: `${method} ${path}`, functionName, auth, method, steps: path.split('/').slice(1) };
}

/**
 * The route for a request: full matches before greedy ones, fixed steps before parameters, a named method before ANY, as
 * API Gateway chooses.
 */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; parameters: Record<string, string> } | undefined {
  const steps = path.split('/').slice(1);
  let best: { route: Route; parameters: Record<string, string>; rank: string } | undefined;
  for (const route of routes) {
    if (route.method !== 'ANY' && route.method !== method) continue;
    const parameters = fitting(route.steps, steps);
    if (!parameters) continue;
    const rank = `${route.steps.map(rankOf).join('')}${route.method === 'ANY' ? 1 : 0}`;
    if (!best || rank < best.rank) best = { route, parameters, rank };
  }
  return best;
}

const GREEDY = /^\{(.+)\+\}$/;
const NAMED = /^\{(.+)\}$/;
const rankOf = (step: string) => (GREEDY.test(step) ? '3' : NAMED.test(step) ? '2' : '1');

function fitting(pattern: readonly string[], steps: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const rest = GREEDY.exec(expected)?.[1];
    if (rest) {
      if (index >= steps.length || steps.slice(index).join('') === '') return undefined;
      parameters[rest] = steps.slice(index).join('/');
      return parameters;
    }
    const step = steps[index];
    if (step === undefined) return undefined;
    const name = NAMED.exec(expected)?.[1];
    if (name) parameters[name] = decode(step);
    else if (step !== expected) return undefined;
  }
  return steps.length === pattern.length ? parameters : undefined;
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
