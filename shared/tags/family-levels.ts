/** The values of a family that a value counts for: `护肤-抗衰` is `护肤` and `护肤-抗衰`, the wider first. */
export function familyLevels(keys: readonly string[], split: string | undefined): readonly string[] {
  if (split === undefined || !keys.some((key) => key.includes(split))) return keys;
  const levels = keys.flatMap((key) => {
    const parts = key.split(split);
    return parts.map((_, i) => parts.slice(0, i + 1).join(split)).filter((level) => level !== '');
  });
  return [...new Set(levels)];
}
