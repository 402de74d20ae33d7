import type { APIGatewayProxyEventV2, APIGatewayProxyResult } from 'aws-lambda';
import type { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { pipeline } from '../pipeline.ts';
import type { Env } from './roles.ts';

/** One Hono app as a Lambda handler for an HTTP API (payload format 2.0). */
export function serve(app: Hono<Env>) {
  const answer = handle(app);
  return pipeline(
    async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResult> =>
      (await answer(event as unknown as LambdaEvent)) as APIGatewayProxyResult,
  );
}
