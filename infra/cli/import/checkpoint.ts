import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Tally } from '../../../shared/imports/index.ts';
import { CommandError } from '../command.ts';

/**
 * How far an import has come, in a small file beside the data: written whole and put in place at once, after the bus has
 * taken everything up to that line. So an import that was cut off anywhere goes on where it was; what was put and not
 * noted is put again under the same ids.
 */
const schema = z.object({
  version: z.literal(1),
  /** Of what: another size or time is another file. */
  file: z.object({ size: z.number(), modified: z.number() }),
  /** How it is read; another way would give other messages. */
  settings: z.string(),
  asOf: z.string(),
  doneLine: z.number(),
  /** Length of the file of errors at that moment. */
  errorBytes: z.number(),
  tally: z.custom<Tally>((value) => typeof value === 'object' && value !== null),
});

export type Checkpoint = z.infer<typeof schema>;

export const checkpointPath = (path: string): string => `${path}.pergola-import.json`;

/** What was noted of this file; nothing when there is nothing, or it is to begin anew. @throws CommandError when it was noted of another file or other settings */
export function readCheckpoint(path: string, settings: string, restart: boolean): Checkpoint | undefined {
  const at = checkpointPath(path);
  if (restart) rmSync(at, { force: true });
  if (!existsSync(at)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(at, 'utf8'));
  } catch {
    json = undefined;
  }
  const parsed = schema.safeParse(json);
  const { size, modified } = fileOf(path);
  const fits =
    parsed.success &&
    parsed.data.file.size === size &&
    parsed.data.file.modified === modified &&
    parsed.data.settings === settings;
  if (fits) return parsed.data;
  throw new CommandError(
    {
      zh: `${at} 记着一次没有完成的导入，与这次的文件或选项不同。加 --restart 从头开始。`,
      en: `${at} tells of an import that was not finished, of another file or with other options. Add --restart to begin anew.`,
    },
    'import-other',
  );
}

export const fileOf = (path: string): Checkpoint['file'] => {
  const { size, mtimeMs } = statSync(path);
  return { size, modified: Math.floor(mtimeMs) };
};

export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  const at = checkpointPath(path);
  writeFileSync(`${at}.tmp`, JSON.stringify(checkpoint));
  renameSync(`${at}.tmp`, at);
}

export const removeCheckpoint = (path: string): void => rmSync(checkpointPath(path), { force: true });
