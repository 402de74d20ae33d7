import type { NodeSample } from './define-node.ts';

/** Samples come from JSON files, whose literals TypeScript reads as plain strings; contract.test.ts parses every one. */
export const samples = <C>(...files: readonly unknown[]): readonly NodeSample<C>[] => files as readonly NodeSample<C>[];
