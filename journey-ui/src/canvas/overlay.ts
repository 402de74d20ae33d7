/** What a mode lays over the drawing: nothing in Edit, counts in Live, the path taken in Run. */
export interface NodeOverlay {
  readonly errors?: number;
  readonly warnings?: number;
  readonly counts?: { readonly here: number; readonly arrived: number; readonly gone: number };
  /** Run: was here, is here now, failed here, was never here. */
  readonly trace?: 'taken' | 'current' | 'failed' | 'rest';
}

export interface EdgeOverlay {
  readonly taken?: boolean;
  readonly rest?: boolean;
  /** Live: how many went this way, and their share of all who left. */
  readonly passed?: number;
  readonly share?: number;
}

export interface Overlay {
  readonly nodes: ReadonlyMap<string, NodeOverlay>;
  /** By `node outlet`. */
  readonly edges: ReadonlyMap<string, EdgeOverlay>;
  /** Live: customers now in each lane. */
  readonly lanes?: ReadonlyMap<string, number>;
}

export const NO_OVERLAY: Overlay = { nodes: new Map(), edges: new Map() };

export const edgeKey = (node: string, outlet: string): string => `${node} ${outlet}`;
