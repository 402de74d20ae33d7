import { chunksOf, type ImportPlan } from '../../../shared/imports/index.ts';
import type { TableFile } from '../../../shared/tables/index.ts';
import { CommandError } from '../command.ts';

/** Tags are few; a column with more different texts is no column of tags. */
const MOST = 300;

/** The names of tags in a file that nobody has defined: it is read once for that. @throws CommandError for too many */
export async function unknownTagNames(table: TableFile, plan: ImportPlan): Promise<string[]> {
  const unknown = new Set<string>();
  const { tagKey } = plan.context;
  const context = {
    ...plan.context,
    tagKey: (name: string) => {
      const key = tagKey(name);
      if (key === undefined) unknown.add(name);
      if (unknown.size > MOST) {
        throw new CommandError(
          {
            zh: `文件里有超过 ${MOST} 个没有定义的标签：这一列真的是标签吗？用 --map tags=列名 指明。`,
            en: `The file names more than ${MOST} tags that are not defined: is this the column of tags? Say which with --map tags=COLUMN.`,
          },
          'import-many-tags',
        );
      }
      return key ?? name;
    },
  };
  for await (const _ of chunksOf(table.records(), { ...plan, context }, { lines: 1000, isDone: () => true }));
  return [...unknown];
}
