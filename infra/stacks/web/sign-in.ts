import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { DeployConfig } from '../config.ts';

/** Roles of people, as groups of the pool; tokens carry them in `cognito:groups`. */
const GROUPS = {
  viewer: 'Reads everything, personal data masked',
  staff: 'Speaks to customers: sees them, works on tasks',
  marketer: 'Draws journeys, edits tags, stops runs',
  publisher: 'Publishes journeys and rulesets',
  admin: 'Everything, and who may do what',
};

/** Who may open the Console: people whom an admin invites, with a password and a code from an authenticator app. */
export class SignIn extends Construct {
  readonly pool: UserPool;
  readonly issuer: string;
  /** Host name of Cognito's sign-in pages. */
  readonly host: string;

  constructor(scope: Construct, id: string, config: DeployConfig) {
    super(scope, id);
    const { account, region, urlSuffix } = Stack.of(this);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: 'pergola',
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      autoVerify: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: config.protect,
      removalPolicy: config.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(this.pool, {
      'AwsSolutions-COG8':
        'The Plus tier costs per user; nobody can sign up, and every sign-in needs a second factor. An operator may change it.',
    });
    Object.entries(GROUPS).forEach(([groupName, description], index, all) => {
      new CfnUserPoolGroup(this, groupName, {
        userPoolId: this.pool.userPoolId,
        groupName,
        description,
        precedence: all.length - index,
      });
    });
    const prefix = `pergola-${account}`;
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: prefix } });
    this.issuer = `https://cognito-idp.${region}.${urlSuffix}/${this.pool.userPoolId}`;
    this.host = `${prefix}.auth.${region}.amazoncognito.com`;
  }

  /** The Console as a public client: authorization code with PKCE, no secret, back to its own address only. */
  console(address: string): UserPoolClient {
    return this.pool.addClient('Console', {
      userPoolClientName: 'console',
      generateSecret: false,
      authFlows: {},
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${address}/`],
        logoutUrls: [`${address}/`],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
  }
}
