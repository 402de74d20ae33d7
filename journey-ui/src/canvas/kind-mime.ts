/** Drag and drop type of a kind taken from the palette. */
export const KIND_MIME = 'application/x-pergola-kind';
