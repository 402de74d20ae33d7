/**
 * Reading a journey document from outside. Two strengths: a draft needs only a sound frame (a marketer saves half-done
 * work), a journey that is to run needs every node's config to be sound as well.
 */
import { type Diagnostic, hasErrors } from '../diagnostics.ts';
import { labelOf } from '../form/fields.ts';
import { nodeKind } from '../nodes/index.ts';
import { readConfig } from '../nodes/read-config.ts';
import { diagnosticsOf } from './issues.ts';
import { documentSchema, type Journey, type JourneyNode } from './schema.ts';

export type ParsedJourney =
  | { readonly ok: true; readonly journey: Journey; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads a draft: the frame must be sound; what is wrong with single nodes comes as diagnostics beside it. */
export function parseDraft(json: unknown): ParsedJourney {
  const frame = documentSchema.safeParse(json, { reportInput: true });
  if (!frame.success) {
    return { ok: false, diagnostics: diagnosticsOf(frame.error.issues).map((d) => withNode(d, json)) };
  }
  const found: Diagnostic[] = [];
  const nodes = frame.data.nodes.map((node) => upgraded(node, found));
  return { ok: true, journey: { ...frame.data, nodes }, diagnostics: found };
}

/** Reads a journey in which every node's config is sound. Node configs come out in their kinds' current versions. */
export function parseJourney(json: unknown): ParsedJourney {
  const parsed = parseDraft(json);
  return parsed.ok && hasErrors(parsed.diagnostics) ? { ok: false, diagnostics: parsed.diagnostics } : parsed;
}

/**
 * `node-kind-unknown`: no such kind is registered. `node-newer`: written by a newer Pergola than this one.
 * Otherwise the kind's own schema speaks.
 */
function upgraded(node: JourneyNode, found: Diagnostic[]): JourneyNode {
  const kind = nodeKind(node.kind);
  if (!kind) {
    found.push({
      code: 'node-kind-unknown',
      severity: 'error',
      node: node.id,
      field: 'kind',
      message: { zh: `没有「${node.kind}」这种节点。`, en: `There is no node of kind “${node.kind}”.` },
      next: { zh: '删除它，或换成面板里的节点。', en: 'Remove it, or use one from the palette.' },
    });
    return node;
  }
  const reading = readConfig(kind, node.kindVersion, node.config);
  if (reading.ok) return { ...node, kindVersion: kind.version, config: reading.config };
  if (reading.newer) {
    found.push({
      code: 'node-newer',
      severity: 'error',
      node: node.id,
      field: 'kindVersion',
      message: {
        zh: `节点「${kind.face.title.zh}」来自更新的版本（${node.kindVersion}），这里只认识到 ${kind.version}。`,
        en: `This ${kind.face.title.en} node was written by a newer release (${node.kindVersion}; this one knows ${kind.version}).`,
      },
      next: { zh: '升级 Pergola 后再打开。', en: 'Upgrade Pergola, then open it again.' },
    });
  } else {
    found.push(
      ...diagnosticsOf(reading.issues, { node: node.id, under: 'config', label: (name) => labelOf(kind.config, name) }),
    );
  }
  return node;
}

/** A fault inside `nodes.3.…` or `edges.1.…` is told with the id of that node or edge. */
function withNode(diagnostic: Diagnostic, json: unknown): Diagnostic {
  const match = /^(nodes|edges)\.(\d+)(?:\.(.+))?$/.exec(diagnostic.field ?? '');
  if (!match) return { field: 'document', ...diagnostic };
  const list = (json as Record<string, unknown>)[match[1]!];
  const id: unknown = Array.isArray(list) ? list[Number(match[2])]?.id : undefined;
  return typeof id === 'string' ? { ...diagnostic, [match[1] === 'nodes' ? 'node' : 'edge']: id } : diagnostic;
}
