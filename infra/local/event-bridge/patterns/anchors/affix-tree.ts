import type { Scalar } from '../scalar.ts';
import type { AnchorIndex } from './anchor.ts';

/** Small, and what most have in common is one object: whoever looks up touches little memory. */
interface Node<T> {
  /** What stands between the node before and this one, but for its first character. */
  label: string;
  /** Undefined where a text only passes. */
  things: readonly T[] | undefined;
  /** By the first characters of what comes after. */
  next: readonly number[];
  nodes: readonly Node<T>[];
  /** The same, where there are many. */
  many: Map<number, Node<T>> | undefined;
}

const NONE: readonly never[] = [];
/** More nodes than this are looked up in a map. */
const FEW = 16;

const made = <T>(label: string): Node<T> => ({ label, things: undefined, next: NONE, nodes: NONE, many: undefined });

function after<T>(node: Node<T>, code: number): Node<T> | undefined {
  const { next, nodes, many } = node;
  if (many) return many.get(code);
  for (let i = 0; i < next.length; i++) if (next[i] === code) return nodes[i];
  return undefined;
}

function add<T>(node: Node<T>, code: number, next: Node<T>): void {
  const at = node.next.indexOf(code);
  node.nodes = at < 0 ? [...node.nodes, next] : node.nodes.with(at, next);
  if (at < 0) node.next = [...node.next, code];
  if (node.next.length > FEW) node.many = new Map(node.next.map((one, i) => [one, node.nodes[i] as Node<T>]));
}

/**
 * Things by texts that a value begins (or ends) with: a tree of what the texts have in common. A look-up reads the value
 * once, as far as any text goes, however many texts there are and however long they are.
 */
export function affixTree<T>(from: 'start' | 'end'): AnchorIndex<T> {
  const root = made<T>('');
  const codeAt =
    from === 'start'
      ? (text: string, i: number) => text.charCodeAt(i)
      : (text: string, i: number) => text.charCodeAt(text.length - 1 - i);

  return {
    file(key, thing) {
      const text = key as string;
      const node = insert(root, from === 'start' ? text : text.split('').reverse().join(''));
      node.things = [...(node.things ?? []), thing];
    },
    find(value: Scalar, tell) {
      if (typeof value !== 'string') return;
      let node = root;
      let used = 0;
      for (;;) {
        if (node.things) for (const thing of node.things) tell(thing);
        const next = used < value.length ? after(node, codeAt(value, used)) : undefined;
        if (!next) return;
        used++;
        const { label } = next;
        if (used + label.length > value.length) return;
        for (let i = 0; i < label.length; i++) if (codeAt(value, used++) !== label.charCodeAt(i)) return;
        node = next;
      }
    },
  };
}

/** The node of a text, made where there is none: where texts part within a label, it is cut in two. */
function insert<T>(root: Node<T>, text: string): Node<T> {
  let node = root;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at++);
    const next = after(node, code);
    if (!next) {
      const leaf = made<T>(text.slice(at));
      add(node, code, leaf);
      return leaf;
    }
    const { label } = next;
    let common = 0;
    while (common < label.length && label[common] === text[at + common]) common++;
    at += common;
    if (common < label.length) {
      const upper = made<T>(label.slice(0, common));
      next.label = label.slice(common + 1);
      add(upper, label.charCodeAt(common), next);
      add(node, code, upper);
      node = upper;
    } else node = next;
  }
  return node;
}
