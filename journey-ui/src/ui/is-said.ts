const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/** A name says its key already, but for spaces and marks: then it need not stand beside it. */
export const isSaid = (name: string, key: string): boolean => name === '' || bare(name) === bare(key);
