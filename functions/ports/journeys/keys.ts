/** Keys of the journeys table, see docs/data.md. */
export const DIRECTORY = 'directory';
export const DRAFT = 'draft';
export const journeyPk = (journey: string): string => `j#${journey}`;
export const versionSk = (version: number): string => `v#${String(version).padStart(6, '0')}`;
