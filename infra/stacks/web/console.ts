import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { DeployConfig } from '../config.ts';
import { logGroup } from '../logs.ts';

/** Where `vite build` puts the Console. */
const BUILT = join(import.meta.dirname, '..', '..', '..', 'dist', 'console');

/** Addresses of screens have no dot in their last part: they are all index.html. Runs at the edge (ES 5.1 plus some). */
const SCREENS_TO_INDEX = `
function handler(event) {
  var request = event.request;
  if (request.uri.split('/').pop().indexOf('.') < 0) request.uri = '/index.html';
  return request;
}`;

/**
 * The Console: a private bucket behind CloudFront, with the API under the same address at /api, so that there are no
 * cross-origin requests at all. Screens are routed to index.html by a function at the edge, not by error pages: those
 * would turn an API's 404 into a page.
 */
export class ConsoleSite extends Construct {
  /** `https://<id>.cloudfront.net`, no slash at the end. */
  readonly address: string;
  readonly bucket: Bucket;
  readonly #distribution: Distribution;

  constructor(scope: Construct, id: string, props: { config: DeployConfig; apiHost: string; signInHost: string }) {
    super(scope, id);
    const logs = this.#logs(props.config);
    this.bucket = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'files/',
      // Everything in it is built from the repository.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    const headers = this.#headers(props.signInHost);
    this.#distribution = new Distribution(this, 'Site', {
      comment: 'Pergola Console',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: 'site/',
      logIncludesCookies: false,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: headers,
        compress: true,
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(this, 'Screens', {
              code: FunctionCode.fromInline(SCREENS_TO_INDEX),
              runtime: FunctionRuntime.JS_2_0,
            }),
          },
        ],
      },
      additionalBehaviors: {
        '/api/*': {
          origin: new HttpOrigin(props.apiHost, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy: headers,
        },
      },
    });
    acknowledge(this.#distribution, {
      'AwsSolutions-CFR1': 'The people of one company may work from any country.',
      'AwsSolutions-CFR2':
        'Behind it are public files and an API that needs a token; a web ACL costs from 5 USD a month and lives in us-east-1. Add one by its ARN where policy asks for it.',
      'AwsSolutions-CFR4': "Without a domain of the operator's own, CloudFront allows only its own certificate.",
    });
    this.address = `https://${this.#distribution.distributionDomainName}`;
  }

  /** Uploads the built Console and what it must know of this deployment (/config.json). */
  publish(settings: object, config: DeployConfig): void {
    const target = {
      destinationBucket: this.bucket,
      distribution: this.#distribution,
      memoryLimit: 512,
      logGroup: logGroup(this, 'UploadLog', '/aws/lambda/pergola-console-upload', config),
      prune: false,
    };
    const fresh = [CacheControl.noCache()];
    const configFile = Source.jsonData('config.json', settings);
    if (!existsSync(join(BUILT, 'index.html'))) {
      Annotations.of(this).addWarningV2(
        'pergola:console-not-built',
        'dist/console is not there, so no Console is uploaded. `npm run deploy` builds it first.',
      );
      new BucketDeployment(this, 'Config', { ...target, sources: [configFile], cacheControl: fresh });
      return;
    }
    const files = Source.asset(BUILT);
    // Hashed names: cached for good, and old ones kept, so that a page opened before a deploy finds its parts.
    const assets = new BucketDeployment(this, 'Assets', {
      ...target,
      sources: [files],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...target,
      sources: [files, configFile],
      exclude: ['assets/*'],
      distributionPaths: ['/index.html', '/config.json'],
      cacheControl: fresh,
    });
    pages.node.addDependency(assets);
  }

  #headers(signInHost: string): ResponseHeadersPolicy {
    const csp = [
      `default-src 'self'`,
      `connect-src 'self' https://${signInHost}`,
      `img-src 'self' data: blob:`,
      // antd writes its styles into the page.
      `style-src 'self' 'unsafe-inline'`,
      `worker-src 'self' blob:`,
      `object-src 'none'`,
      `base-uri 'self'`,
      `form-action 'self'`,
      `frame-ancestors 'none'`,
    ].join('; ');
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'Pergola Console',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: csp, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
      },
    });
  }

  /** Access logs of the bucket and of CloudFront (which still writes by ACL); they hold addresses, so they go soon. */
  #logs(config: DeployConfig): Bucket {
    return new Bucket(this, 'Logs', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(config.logDays) }],
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
  }
}
