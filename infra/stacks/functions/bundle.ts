import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const OUT = join(ROOT, 'dist', 'functions');

/**
 * Bundles entry files in one run of esbuild and answers where each lies: a folder with index.mjs and its source map.
 * (CDK's NodejsFunction starts npx and esbuild anew for every function: 23 s where this takes 2.) The AWS SDK goes into
 * the bundle: what was tested is what runs, whichever SDK the runtime brings this month.
 */
export function bundle(entries: readonly string[], outdir: string = OUT): Record<string, string> {
  const folders = Object.fromEntries(entries.map((entry) => [entry, folderOf(entry)]));
  buildSync({
    entryPoints: entries.map((entry) => ({ in: join(ROOT, entry), out: `${folderOf(entry)}/index` })),
    outdir,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    // CommonJS packages inside an ESM bundle still call require() for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  return Object.fromEntries(Object.entries(folders).map(([entry, folder]) => [entry, join(outdir, folder)]));
}

/** `functions/http/api.ts` lies in `http-api`. */
const folderOf = (entry: string): string =>
  entry
    .replace(/^functions\//, '')
    .replace(/\.ts$/, '')
    .replaceAll('/', '-');

interface HasEntry {
  /** Path from the repository's root. */
  readonly entry: string;
}

/** The code of every function; an empty one where CDK asks for templates only (`cdk ls`, tests). */
export function codeOf(scope: Construct, specs: readonly HasEntry[]): (spec: HasEntry) => Code {
  if (!Stack.of(scope).bundlingRequired) return () => Code.fromInline('// not bundled');
  const folders = bundle([...new Set(specs.map(({ entry }) => entry))]);
  return ({ entry }) => Code.fromAsset(folders[entry]!);
}
