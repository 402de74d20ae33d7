import { CommandError } from '../command.ts';
import { type ImportRun, runImport } from './run-import.ts';
import { emptyTally } from './tally.ts';

/** Tags are few; a column with more different texts is no column of tags. */
const MOST = 300;

/** The names of tags in a file that nobody has defined: it is read once for that. @throws CommandError for too many */
export async function unknownTagNames(
  plan: Pick<ImportRun, 'table' | 'kind' | 'headings' | 'mapping' | 'context'>,
): Promise<string[]> {
  const unknown = new Set<string>();
  const { tagKey } = plan.context;
  const context = {
    ...plan.context,
    tagKey: (name: string) => {
      const key = tagKey(name);
      if (key === undefined) unknown.add(name);
      if (unknown.size > MOST) {
        throw new CommandError(
          `The file names more than ${MOST} tags that are not defined: is this the column of tags? Say which with --map tags=COLUMN.`,
          'import-many-tags',
        );
      }
      return key ?? name;
    },
  };
  const nothing = () => {};
  await runImport({
    ...plan,
    context,
    doneLine: 0,
    tally: emptyTally(),
    errors: undefined,
    put: async () => {},
    onDone: nothing,
    onProgress: nothing,
  });
  return [...unknown];
}
