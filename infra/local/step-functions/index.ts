/** The local Step Functions service. See docs/local-step-functions.md. */
import type { AwsService, TimeSource } from '../time-source.ts';
import { Committer } from './committer.ts';
import { Database } from './database.ts';
import { Engine } from './engine.ts';
import { callOperation } from './operations/index.ts';
import type { Service, StepFunctionsOptions } from './service.ts';
import { perform } from './tasks/index.ts';

export { OPERATIONS } from './operations/index.ts';
export type { ServiceCaller, StatusChange, StepFunctionsOptions } from './service.ts';

export interface StepFunctions extends AwsService, TimeSource {
  /** Commits what is waiting and lets go of the file. Calls under way are made again by the next one to open it. */
  close(): void;
}

/** Opens (or makes) the service over a SQLite file. Calls that were under way when it was left are made again. */
export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const db = new Database(options.file);
  const service = { options, place: { account: options.account, region: options.region }, db } as Service;
  service.committer = new Committer(
    db,
    () => service.engine.forget(),
    () => options.clock.changed(),
  );
  service.engine = new Engine(service);
  service.perform = (call) => perform(call, service);
  service.engine.resume();
  return {
    target: 'AWSStepFunctions',
    name: 'step-functions',
    handle: (operation, body) => callOperation(operation, body, service),
    nextDue: () => service.engine.nextDue(),
    fireDue: (now) => service.engine.fireDue(now),
    busy: () => service.engine.busy,
    close() {
      service.engine.close();
      service.committer.close();
      db.close();
    },
  };
}
