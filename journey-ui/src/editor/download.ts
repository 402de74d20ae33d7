import type { Journey } from '../../../shared/journey/index.ts';

/** Hands the document over as a file that can be kept, compared and imported. */
export function download(journey: Journey): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(journey, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${journey.id}.journey.json`;
  link.click();
  URL.revokeObjectURL(url);
}
