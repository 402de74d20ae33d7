import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeployConfig } from '../config.ts';
import { Api } from './api.ts';
import { ConsoleSite } from './console.ts';
import { SignIn } from './sign-in.ts';
import { acknowledgeUploader } from './uploader.ts';

/**
 * API, sign-in and Console. One stack, because each needs the other: the Console's address serves the API, signing in
 * returns to that address, and the API trusts the tokens of that sign-in.
 */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { config: DeployConfig }) {
    super(scope, id, props);
    const { config } = props;
    const api = new Api(this, 'Api', config);
    const signIn = new SignIn(this, 'SignIn', config);
    const site = new ConsoleSite(this, 'Console', { config, apiHost: api.host, signInHost: signIn.host });
    const client = signIn.console(site.address);
    api.addRoutes(signIn.issuer, client.userPoolClientId);
    site.publish(
      {
        auth: { issuer: signIn.issuer, host: signIn.host, clientId: client.userPoolClientId },
      },
      config,
    );
    acknowledgeUploader(this, site.bucket);
    new CfnOutput(this, 'ConsoleAddress', { value: site.address });
    new CfnOutput(this, 'IntakeAddress', { value: `${api.endpoint}/v1` });
    new CfnOutput(this, 'UserPoolId', { value: signIn.pool.userPoolId });
  }
}
