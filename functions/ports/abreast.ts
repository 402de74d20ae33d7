/** Does it for each of the list, at most `most` at a time; the first that throws ends it. */
export async function abreast<T>(list: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = list[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, list.length) }, worker));
}
