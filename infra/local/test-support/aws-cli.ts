import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type CliForks, forksOf } from './aws-cli-forks.ts';

const run = promisify(execFile);

/** The AWS CLI: Debian's own where it is (its SQS speaks the older Query protocol), else the first on the PATH. */
export async function awsCli(): Promise<string | undefined> {
  for (const program of ['/usr/bin/aws', 'aws']) if (await versionOf(program)) return program;
  console.info('skipped: the AWS CLI is not installed (apt-get install awscli)');
  return undefined;
}

/** One that knows what AWS announced in November 2025 (TestState with made-up answers); Debian's does not. */
export async function recentAwsCli(): Promise<string | undefined> {
  const [major = 0, minor = 0] = (await versionOf('aws'))?.split('.').map(Number) ?? [];
  if (major > 2 || (major === 2 && minor >= 32) || (major === 1 && minor >= 43)) return 'aws';
  console.info('skipped: no AWS CLI of 2026 on the PATH (pip install awscli)');
  return undefined;
}

async function versionOf(program: string): Promise<string | undefined> {
  const said = await run(program, ['--version']).catch(() => undefined);
  return /aws-cli\/(\S+)/.exec(said?.stdout ?? '')?.[1];
}

const SETTINGS = {
  PATH: process.env['PATH'] ?? '',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_PAGER: '',
  // A loopback address has no host `sync-…` of its own.
  AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
};

const forks = new Map<string, Promise<CliForks | undefined>>();

/** Runs it against an endpoint; its answer as JSON. Rejects with what it said when it fails. */
export async function runAws(
  program: string,
  endpoint: string,
  args: readonly string[],
): Promise<Record<string, unknown>> {
  const all = ['--endpoint-url', endpoint, '--output', 'json', ...args];
  let loaded = forks.get(program);
  if (loaded === undefined) {
    loaded = versionOf(program).then((version) => forksOf(program, version, SETTINGS));
    forks.set(program, loaded);
  }
  const forked = await loaded;
  const stdout = forked ? await forked.run(all) : (await run(program, all, { env: SETTINGS })).stdout;
  return JSON.parse(stdout || '{}') as Record<string, unknown>;
}
