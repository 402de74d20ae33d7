import { Duration, Fn } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { FUNCTIONS, type FunctionName, type FunctionSpec, type HttpAuth } from '../../topology.ts';
import { acknowledge } from '../acknowledge.ts';
import type { DeployConfig } from '../config.ts';
import { logGroup } from '../logs.ts';
import { functionArn } from '../names.ts';

/** What the Console asks for; far above what people do, far below what a mistaken loop does. */
const CONSOLE_RATE = { rateLimit: 100, burstLimit: 200 };

/** Why a route has no authorizer, for those whose handlers look themselves. */
const CHECKED_BY_HANDLER: Partial<Record<HttpAuth, string>> = {
  writeKey: 'Apps send with a write key, which the handler checks; they have no user to sign in.',
  signature: 'The service that calls back signs what it sends, and the handler checks that; it has no user to sign in.',
};

/** No address and no query text: who asked for what is in the handlers' log, by user. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** The HTTP API without its routes: they need the sign-in, which needs the Console's address, which needs this. */
export class Api extends Construct {
  readonly http: HttpApi;
  /** `https://<id>.execute-api.<region>.amazonaws.com`, no slash at the end. */
  readonly endpoint: string;
  readonly #stage: HttpStage;
  readonly #config: DeployConfig;

  constructor(scope: Construct, id: string, config: DeployConfig) {
    super(scope, id);
    this.#config = config;
    this.http = new HttpApi(this, 'Http', {
      apiName: 'pergola',
      description: 'Pergola: the Console (/api) and event intake (/v1)',
      createDefaultStage: false,
    });
    this.endpoint = this.http.apiEndpoint;
    const log = logGroup(this, 'AccessLog', '/aws/vendedlogs/apigateway/pergola', config);
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      throttle: CONSOLE_RATE,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }

  /** Host name of the endpoint, for CloudFront. */
  get host(): string {
    return Fn.select(2, Fn.split('/', this.endpoint));
  }

  /** One route for every HTTP trigger of the topology; those with `auth: 'jwt'` take only our pool's tokens. */
  addRoutes(issuer: string, audience: string): void {
    const jwt = new HttpJwtAuthorizer('Cognito', issuer, { authorizerName: 'cognito', jwtAudience: [audience] });
    const none = new HttpNoneAuthorizer();
    const guards: Record<HttpAuth, IHttpRouteAuthorizer> = { jwt, writeKey: none, signature: none };
    const settings: Record<string, object> = {};
    for (const [name, spec] of Object.entries<FunctionSpec>(FUNCTIONS)) {
      const { trigger } = spec;
      if (trigger.type !== 'http') continue;
      const integration = this.#integration(name as FunctionName, spec);
      for (const path of trigger.routes) {
        const routes = this.http.addRoutes({
          path,
          methods: [HttpMethod.ANY],
          integration,
          authorizer: guards[trigger.auth],
        });
        // Settings of a route can only be given once the route is there.
        this.#stage.node.addDependency(...routes);
        const reason = CHECKED_BY_HANDLER[trigger.auth];
        if (reason === undefined) continue;
        settings[`ANY ${path}`] = this.#intakeRate();
        for (const route of routes) acknowledge(route, { 'AwsSolutions-APIG4': reason });
      }
    }
    (this.#stage.node.defaultChild as CfnStage).addPropertyOverride('RouteSettings', settings);
  }

  #integration(name: FunctionName, spec: FunctionSpec): HttpLambdaIntegration {
    const lambda = Lambda.fromFunctionAttributes(this, name, {
      functionArn: functionArn(this, name),
      sameEnvironment: true,
    });
    return new HttpLambdaIntegration(name, lambda, { timeout: Duration.seconds(Math.min(29, spec.timeoutSeconds)) });
  }

  #intakeRate(): object {
    return {
      ThrottlingRateLimit: this.#config.intakeRate,
      ThrottlingBurstLimit: this.#config.intakeBurst,
      DetailedMetricsEnabled: true,
    };
  }
}
