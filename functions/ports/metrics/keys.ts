/** Keys of the metrics table, see docs/data.md; rows are named `pk|sk`. */
export const TOTALS = 'totals';
export const TOTAL = 'total';
export const livePk = (journey: string, version: number): string => `live#${journey}#${version}`;
export const nodeSk = (node: string): string => `n#${node}`;
export const passedField = (outlet: string): string => `passed:${outlet}`;
export const endedField = (outcome: string): string => `ended:${outcome}`;
