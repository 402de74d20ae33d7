import { type App, type Environment, type Stack, Tags } from 'aws-cdk-lib';
import { PACKS } from '../../shared/packs/index.ts';
import { BusStack } from './bus.ts';
import type { DeployConfig } from './config.ts';
import { DataStack } from './data.ts';
import { FunctionsStack } from './functions/index.ts';
import { JourneysStack } from './journeys/index.ts';
import { PROJECT_TAG } from './names.ts';
import { ObservabilityStack } from './observability/index.ts';
import { WebStack } from './web/index.ts';

export { readConfig } from './config.ts';

/** All of Pergola on AWS, into one account and Region. Stacks are deployed in this order. */
export function pergolaStacks(app: App, config: DeployConfig, props: { env: Environment }): Stack[] {
  const data = new DataStack(app, 'PergolaData', { ...props, config });
  const bus = new BusStack(app, 'PergolaBus', { ...props, config });
  const functions = new FunctionsStack(app, 'PergolaFunctions', { ...props, config, data, bus });
  const packs = PACKS.filter(({ id }) => config.packs.includes(id));
  const journeys = new JourneysStack(app, 'PergolaJourneys', { ...props, config, packs });
  const web = new WebStack(app, 'PergolaWeb', { ...props, config });
  const observability = new ObservabilityStack(app, 'PergolaObservability', { ...props, config, key: data.key });
  // By name, not by reference, so CDK cannot see it.
  journeys.addStackDependency(functions);
  web.addStackDependency(functions);
  observability.addStackDependency(functions);
  Tags.of(app).add(PROJECT_TAG.key, PROJECT_TAG.value);
  return [data, bus, functions, journeys, web, observability];
}
