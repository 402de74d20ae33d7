import type { Context } from 'hono';
import type { LocalAws } from '../arns.ts';
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

/** Answers requests by the functions of the HTTP API; undefined when no route fits. */
export function functionRoutes(options: {
  readonly routes: readonly Route[];
  readonly lambda: LambdaHost;
  readonly aws: LocalAws;
  readonly clock: Clock;
}) {
  const { routes, lambda, aws, clock } = options;
  return async (context: Context): Promise<Response | undefined> => {
    const found = findRoute(routes, context.req.method, new URL(context.req.url).pathname);
    if (!found) return undefined;
    const { route, parameters } = found;
    const event = await httpEvent(context.req.raw, route, {
      account: aws.account,
      now: clock.now(),
      pathParameters: parameters,
      ...(route.auth === 'jwt' ? { claims: LOCAL_ADMIN } : {}),
    });
    const result = await lambda.invoke(route.functionName, event);
    if (result.ok) return httpResponse(result.payload);
    // API Gateway says no more than this; the reason is in the log.
    const gone = !('notFound' in result) && result.errorType === 'Sandbox.Timedout';
    return context.json({ message: gone ? 'Service Unavailable' : 'Internal Server Error' }, gone ? 503 : 500);
  };
}
