/** Writes jsonata-sync.generated.js beside this file. Run it after changing JSONata's version. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { generateSyncJsonata } from './generate.ts';

const main = createRequire(import.meta.url).resolve('jsonata');
const folder = dirname(main);
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
const text = generateSyncJsonata(readFileSync(main, 'utf8'), version, readFileSync(join(folder, 'LICENSE'), 'utf8'));
writeFileSync(new URL('./jsonata-sync.generated.js', import.meta.url), text);
