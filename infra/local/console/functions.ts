import type { Context } from 'hono';
import type { LocalAws } from '../arns.ts';
import { atMost } from '../at-most.ts';
import { httpEvent, httpResponse } from '../lambda/http-event.ts';
import { findRoute, type Route } from '../lambda/http-routes.ts';
import type { Clock, LambdaHost } from '../time-source.ts';

/** Who one is on one's own machine. HTTP APIs hand lists over as text, so the groups are text here too. */
const LOCAL_ADMIN = {
  sub: 'local',
  username: 'local',
  email: 'local@localhost',
  'cognito:groups': '[admin]',
};

/**
 * So many requests to one function are under way at once; more wait. They would not be answered sooner: all functions
 * share this process, and what comes in must not take the time of those that work it off.
 */
const AT_ONCE = 16;

/** Answers requests by the functions of the HTTP API; undefined when no route fits. */
export function functionRoutes(options: {
  readonly routes: readonly Route[];
  readonly lambda: LambdaHost;
  readonly aws: LocalAws;
  readonly clock: Clock;
}) {
  const { routes, lambda, aws, clock } = options;
  const gates = new Map(routes.map(({ functionName }) => [functionName, atMost(AT_ONCE)]));
  return async (context: Context): Promise<Response | undefined> => {
    const found = findRoute(routes, context.req.method, new URL(context.req.url).pathname);
    if (!found) return undefined;
    const { route, parameters } = found;
    const result = await gates.get(route.functionName)!(async () => {
      const event = await httpEvent(context.req.raw, route, {
        account: aws.account,
        now: clock.now(),
        pathParameters: parameters,
        ...(route.auth === 'jwt' ? { claims: LOCAL_ADMIN } : {}),
      });
      return lambda.invoke(route.functionName, event);
    });
    if (result.ok) return httpResponse(result.payload);
    // API Gateway says no more than this; the reason is in the log.
    const gone = !('notFound' in result) && result.errorType === 'Sandbox.Timedout';
    return context.json({ message: gone ? 'Service Unavailable' : 'Internal Server Error' }, gone ? 503 : 500);
  };
}
