/** One line of what `npm run bench:scale` prints. */
export interface Figure {
  readonly what: string;
  readonly seconds: number;
  readonly note: string;
}
