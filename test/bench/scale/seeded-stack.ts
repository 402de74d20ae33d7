import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StackProcess, stackProcess } from '../../support/stack-process.ts';
import { seed } from './seed.ts';

const SEEDED = 'seeded';

/** A stack, not started, with the private-domain pack and so many customers; a folder that has them already is kept. `all`: see seed(). */
export async function seededStack(folder: string, customers: number, all: boolean): Promise<StackProcess> {
  const data = join(folder, 'data');
  const mark = join(folder, `${SEEDED}-${customers}`);
  mkdirSync(folder, { recursive: true });
  const stack = await stackProcess(data);
  if (existsSync(mark)) return stack;
  await stack.start();
  await stack.stop();
  const began = performance.now();
  await seed(data, customers, all, (done) =>
    console.error(`${done} customers in ${Math.round((performance.now() - began) / 1000)} s`),
  );
  writeFileSync(mark, '');
  return stack;
}
