import { area } from '../area.ts';

export const journeys = area(
  {
    lead: '每条旅程画清楚：谁进来、等多久、说什么、什么时候离开。',
    new: '新建旅程',
    newName: '新旅程',
    name: '名称',
    stage: '阶段',
    status: '状态',
    active: '进行中',
    entered: '累计进入',
    updated: '最近修改',
    deleteTitle: '删除「{{name}}」？',
    deleteText: '只有从未发布的草稿可以删除。删除后不能恢复。',
    emptyTitle: '还没有旅程',
    emptyText:
      '旅程是画出来的：客户做了什么就进来，等上几天，收到最合适的那一条消息。可以从模板开始，也可以从空白开始。',
    packs: '模板包',
    packHolds: '{{tags}} 个标签 · {{segments}} 个人群',
    install: '装上',
    isInstalled: '已装上',
    installTitle: '装上「{{name}}」？',
    installText:
      '标签和人群会加进来，下面这些旅程会立刻发布：从现在起，符合条件的客户就会进入，并收到消息。装上之后仍可以暂停或修改。',
    installed: '模板已装好，旅程已经发布，正在等客户进入。',
    installFailed: '模板没有装上，什么都没有改变。请稍后再试。',
  },
  {
    lead: 'Each journey says plainly who comes in, how long they wait, what they hear, and when they leave.',
    new: 'New journey',
    newName: 'New journey',
    name: 'Name',
    stage: 'Stage',
    status: 'Status',
    active: 'Under way',
    entered: 'Entered',
    updated: 'Changed',
    deleteTitle: 'Delete “{{name}}”?',
    deleteText: 'Only drafts that were never published can be deleted. This cannot be undone.',
    emptyTitle: 'No journeys yet',
    emptyText:
      'A journey is drawn: a customer does something and comes in, some days pass, she gets the one message that fits. Start from a pack or from a blank canvas.',
    packs: 'Starter packs',
    packHolds: '{{tags}} tags · {{segments}} segments',
    install: 'Install',
    isInstalled: 'Installed',
    installTitle: 'Install “{{name}}”?',
    installText:
      'Its tags and segments are added, and these journeys are published at once: from now on customers who qualify come in and get messages. You can pause or change them afterwards.',
    installed: 'The pack is installed; its journeys are live and wait for customers.',
    installFailed: 'The pack was not installed and nothing changed. Try again in a moment.',
  },
);
