import { createContext, useContext } from 'react';
import type { Standing } from './lanes.ts';

/** Where a new card should go: into an edge, behind a free outlet, or onto a spot. */
export type Spot =
  | { readonly type: 'edge'; readonly edge: string }
  | { readonly type: 'outlet'; readonly node: string; readonly outlet: string; readonly at?: Standing }
  | { readonly type: 'place'; readonly at: Standing };

export interface CanvasActions {
  readonly rename: (node: string, title: string) => void;
  /** Opens the menu of kinds at a point of the screen. */
  readonly askKind: (spot: Spot, screen: { x: number; y: number }) => void;
}

const Actions = createContext<CanvasActions | undefined>(undefined);

export const CanvasActionsProvider = Actions.Provider;

/** What cards and edges can ask for; undefined where the canvas is only looked at. */
export const useCanvasActions = (): CanvasActions | undefined => useContext(Actions);
