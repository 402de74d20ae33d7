/** "12.5%", "<0.1%", "0%": a share of everybody as people say it. */
export function share(part: number, of: number): string {
  if (part === 0 || of === 0) return '0%';
  const percent = (part / of) * 100;
  if (percent < 0.1) return '<0.1%';
  return `${percent >= 10 || Number.isInteger(percent) ? Math.round(percent) : percent.toFixed(1)}%`;
}
