import { area } from '../area.ts';

export const canvas = area(
  {
    label: '旅程「{{name}}」的画布',
    minimap: '缩略图',
    rename: '节点名称',
    insert: '在这条线上插入节点',
    continue: '从这个出口继续',
    zoomIn: '放大',
    zoomOut: '缩小',
    actual: '原始大小',
    fit: '看到全部',
    emptyTitle: '从「进入」开始',
    emptyText: '先说谁会进入这条旅程。之后每一步都可以接在前一步的 + 后面。',
    nodeList: '按先后顺序列出的节点',
  },
  {
    label: 'Canvas of the journey “{{name}}”',
    minimap: 'Overview',
    rename: 'Title of the node',
    insert: 'Insert a node here',
    continue: 'Continue from here',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    actual: 'Actual size',
    fit: 'See all of it',
    emptyTitle: 'Begin with who enters',
    emptyText: 'Say first who comes into this journey. Every later step goes behind the + of the one before.',
    nodeList: 'Nodes in walking order',
  },
);
