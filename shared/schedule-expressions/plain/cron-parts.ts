const two = (text: string): string => text.padStart(2, '0');

/** A cron of one time of day, taken apart; undefined for one that is richer. */
export function cronParts(expression: string) {
  const [, minute, hour, monthDay, weekDay] =
    /^cron\((\d{1,2}) (\d{1,2}) (\*|\?|L|\d{1,2}) \* (\*|\?|[A-Z,]+) \*\)$/.exec(expression) ?? [];
  if (minute === undefined) return undefined;
  return { at: `${two(hour as string)}:${two(minute)}`, monthDay: monthDay as string, weekDay: weekDay as string };
}

/** The cron at a time of day (HH:MM) on such days. */
export function cronOf(at: string, monthDay: string, weekDay: string): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return `cron(${minute} ${hour} ${monthDay} * ${weekDay} *)`;
}
