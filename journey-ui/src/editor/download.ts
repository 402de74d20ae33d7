import type { Journey } from '../../../shared/journey/index.ts';

/** Hands the document over as a file that can be kept, compared and imported. */
export const download = (journey: Journey, version?: string): void =>
  saveFile(
    new Blob([JSON.stringify(journey, null, 2)], { type: 'application/json' }),
    `${[journey.id, version].filter(Boolean).join('.')}.journey.json`,
  );

/** Lets the browser save this as a file. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
