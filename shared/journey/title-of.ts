import { asItIs } from '../changes.ts';
import { nodeKind } from '../nodes/index.ts';
import type { Words } from '../words.ts';
import type { JourneyNode } from './schema.ts';

/** What people call a node: its own title, or its kind's; the kind itself where nobody knows it any more. */
export const titleOf = ({ title, kind }: Pick<JourneyNode, 'title' | 'kind'>): Words =>
  title ? asItIs(title) : (nodeKind(kind)?.face.title ?? asItIs(kind));
