import type { BusEvent } from '../../ports/bus/index.ts';
import type { Row } from '../../ports/tables/index.ts';

export interface Images {
  readonly row?: Row;
  readonly before?: Row;
}

/** What the bus is told about a written row; nothing when it is not of this kind or nothing worth telling changed. */
export type Announcer = (images: { row: Row; before?: Row }) => BusEvent[];

/** An event of ours: `id` is the same however often it is told. */
export const announcement = (detailType: string, id: string, at: string, detail: object): BusEvent => ({
  source: 'pergola',
  detailType,
  time: at,
  detail: { schema: 1, id, at, ...detail },
});
