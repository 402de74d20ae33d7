import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** The dynoxide program: the one that DYNOXIDE names, else the one in node_modules (Linux x64), else one on the PATH. */
export function findDynoxide(): string | undefined {
  const named = process.env['DYNOXIDE'];
  if (named) return isProgram(named) ? named : undefined;
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((dir) => join(dir, 'dynoxide'));
  return [fromPackage(), ...onPath].find((file) => file !== undefined && isProgram(file));
}

function fromPackage(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch {
    return undefined;
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
}
