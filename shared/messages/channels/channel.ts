import type { Words } from '../../words.ts';

/** A way to reach a customer. One file each, one line in index.ts. */
export interface Channel {
  readonly id: string;
  readonly label: Words;
  /** Name of an icon of @ant-design/icons. */
  readonly icon: string;
  readonly limits: {
    /** Characters; undefined when the channel has no title. */
    readonly title?: number;
    /** Bytes of UTF-8, as the platforms count. */
    readonly body: number;
  };
  /** Where a message for this customer goes; undefined when she cannot be reached here. */
  readonly address: (customer: {
    readonly id: string;
    readonly traits: Readonly<Record<string, unknown>>;
  }) => string | undefined;
}
