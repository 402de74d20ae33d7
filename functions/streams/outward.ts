import { isOutward, TO_WECOM } from '../../shared/events/index.ts';
import type { BusEvent } from '../ports/bus/index.ts';
import { fresh } from '../ports/fresh.ts';
import { tableName } from '../ports/tables/index.ts';
import { readOutward } from '../ports/wecom/index.ts';

/**
 * News of tags that are kept elsewhere, too, say so: thus the bus wakes whoever takes them there for these alone, and for
 * none where nothing is mapped.
 */
export async function withOutward(events: readonly BusEvent[]): Promise<readonly BusEvent[]> {
  if (!events.some(tagOf)) return events;
  const { outward } = await fresh(`${tableName('tags')}/outward`, readOutward);
  if (outward.length === 0) return events;
  return events.map((event) => {
    const tag = tagOf(event);
    return tag !== undefined && isOutward(tag, outward)
      ? { ...event, detail: { ...(event.detail as object), ...TO_WECOM } }
      : event;
  });
}

const tagOf = ({ detailType, detail }: BusEvent): string | undefined =>
  detailType.startsWith('tag.') ? (detail as { tag: string }).tag : undefined;
