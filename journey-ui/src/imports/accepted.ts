/** The files that an import can read. */
export const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.json,.jsonl,.gz';
