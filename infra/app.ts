import { App } from 'aws-cdk-lib';
import { pergolaStacks, readConfig } from './stacks/index.ts';

/**
 * The CDK app: `npm run synth`, `npm run deploy`. Account and Region are those of the caller's AWS profile, which the
 * cdk command puts into these variables; without a profile the templates are those of us-east-1 in no account.
 */
const env = { account: process.env['CDK_DEFAULT_ACCOUNT'], region: process.env['CDK_DEFAULT_REGION'] ?? 'us-east-1' };
const app = new App();
pergolaStacks(app, readConfig(app.node), { env });
app.synth();
