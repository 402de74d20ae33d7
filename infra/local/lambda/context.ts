import { groupOf } from '../logs/function-logs.ts';
import type { HostedFunction } from './host.ts';

/** The context object of the Node runtime; `deadline` in ms of the machine's clock, since real work takes real time. */
export function createContext(options: {
  readonly fn: HostedFunction;
  readonly arn: string;
  readonly requestId: string;
  readonly deadline: number;
  readonly logStream: string;
}) {
  const { fn, arn, requestId, deadline, logStream } = options;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: fn.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(fn.memoryMb),
    awsRequestId: requestId,
    logGroupName: groupOf(fn.name),
    logStreamName: logStream,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
