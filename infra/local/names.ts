import { BUS_NAME, FUNCTION_PREFIX } from '../topology.ts';

/** The names that parts of the topology have as AWS resources. */
export const BUS = BUS_NAME;
export const functionFullName = (name: string) => `${FUNCTION_PREFIX}${name}`;
export const tableFullName = (name: string) => `pergola-${name}`;
export const queueFullName = (name: string) => `pergola-${name}`;
export const ruleName = (queue: string) => `pergola-${queue}`;
