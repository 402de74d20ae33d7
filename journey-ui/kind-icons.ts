import type { Plugin } from 'vite';
import { NODE_KINDS } from '../shared/nodes/index.ts';

const ID = 'virtual:kind-icons';

/**
 * The icons that the registered kinds name, and no others: a kind says its icon by name, so which ones the console
 * needs is computed here rather than listed again or taken all.
 */
export function kindIcons(): Plugin {
  return {
    name: 'kind-icons',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => {
      if (id !== `\0${ID}`) return undefined;
      const names = [...new Set([...NODE_KINDS.values()].map((kind) => kind.face.icon))];
      return `import { ${names.join(', ')} } from '@ant-design/icons';\nexport const ICONS = { ${names.join(', ')} };`;
    },
  };
}
