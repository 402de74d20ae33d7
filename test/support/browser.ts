/**
 * A real Chromium from npm alone (@sparticuz/chromium, driven by playwright-core).
 *
 * The package is made for Lambda: it carries the shared libraries that a bare Linux lacks (nss, nspr, …) in
 * al2023.tar.br, but unpacks them only when it believes that it runs in a Lambda. So they are unpacked here, and put
 * behind the machine's own libraries on LD_LIBRARY_PATH only where the machine lacks them. `--single-process`, which the package asks for because of Lambda's sandbox, is
 * left out: it makes Chromium die with its first page.
 *
 * Pages are drawn without a graphics card, not with one in software (SwiftShader), which the package asks for so that
 * WebGL works: nothing here uses that, and on a busy machine the next page waited a minute for the frames of the last one.
 */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const packageBin = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');

chromium.setGraphicsMode = false;

const lacksLibraries = (binary: string): boolean =>
  execFileSync('ldd', [binary], { encoding: 'utf8' }).includes('not found');

/** Starts a headless Chromium; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const env: Record<string, string> = { ...(process.env as Record<string, string>) };
  if (lacksLibraries(executablePath)) {
    const libraries = await inflate(join(packageBin, 'al2023.tar.br'));
    env.LD_LIBRARY_PATH = [join(libraries, 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  const unwanted = ['--single-process', '--no-zygote', '--ignore-gpu-blocklist', '--in-process-gpu'];
  const args = chromium.args.filter((flag) => !unwanted.includes(flag) && !flag.startsWith('--headless'));
  args.push('--disable-gpu');
  return playwright.launch({ executablePath, args, env, headless: true });
}
