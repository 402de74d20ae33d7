/**
 * What every handler has around it: the invocation's ids in each log line, and an error logged once with its code before
 * the service that called decides about a retry. Handlers keep only their own work.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';

/** Never log personal data, message texts or task tokens: ids, counts and codes only. */
export const logger = new Logger({ serviceName: 'pergola' });

export function pipeline<E, R>(work: (event: E, context: Context) => Promise<R>) {
  return middy<E, R>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .onError((request) => {
      const error = request.error as (Error & { code?: string; expected?: boolean }) | null;
      if (error?.expected) logger.info(error.code ?? error.name);
      else logger.error(error?.code ?? error?.name ?? 'error', error ?? 'unknown error');
    })
    .handler(work);
}
