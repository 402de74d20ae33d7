import type { Words } from '../../words.ts';

/**
 * A kind of text that people send in WeCom (S94), with the limits of the way it goes. None of them can be sent from here
 * by itself: WeCom's interfaces for them make a task that a member of staff confirms, and personal WeChat has none. So a
 * kind says what a text must keep to, and a staff task hands it to the person who sends it. One file each, one line in
 * index.ts.
 */
export interface TemplateKind {
  readonly id: string;
  readonly label: Words;
  readonly limits: {
    /** Bytes of UTF-8. */
    readonly bytes: number;
    readonly characters?: number;
  };
  /** Pictures, films and links beside the text. */
  readonly attachments: Words;
  /** How often the platform lets it through; platforms change it, so it is told and not enforced. */
  readonly frequency: Words;
  /** Each customer may read another text; false: one text for all who see it. */
  readonly perCustomer: boolean;
}
