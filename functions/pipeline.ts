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

/** By its id a host that runs the handlers itself (infra/local) is told why an item of a batch is to come again. */
const FAILED = Symbol.for('pergola.item-failed');

/**
 * An item of a batch could not be done and is to come again: why, in the log with the item's id. That is where an
 * operator finds what was wrong with a dead letter, whose queue knows only how often it was tried.
 */
export function failedItem(what: string, item: string, error: unknown): void {
  logger.error(what, { error: error as Error, item });
  (globalThis as Record<symbol, ((item: string, error: unknown) => void) | undefined>)[FAILED]?.(item, error);
}

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
