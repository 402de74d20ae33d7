import { area } from '../area.ts';

export const wecom = area(
  {
    title: '企业微信标签',
    what: '选中的标签会同步成企业标签：谁得到就打上，谁失去就去掉；企业微信里来的标签不会再送回去，成员自己打的标签不动。',
    tag: '标签',
    group: '标签组',
    name: '在企业微信里叫',
    sameName: '与这里同名',
    add: '添加一个标签',
    remove: '不再同步',
    sync: '补打现有客户',
    asked: '已请求 {{n}} 位客户，几分钟内打上。',
    saved: '已保存，之后的变化会同步过去。',
    limit: '名称最多 15 个字；企业标签每家最多 3000 个。需要企业微信应用的 Secret，见部署文档。',
    empty: '还没有标签同步到企业微信。',
  },
  {
    title: 'Tags in WeCom',
    what: 'Tags chosen here become corp tags: put on who gets them, taken off who loses them. What came from WeCom does not go back, and what members put there themselves is left alone.',
    tag: 'Tag',
    group: 'Group',
    name: 'Called there',
    sameName: 'the same as here',
    add: 'Add a tag',
    remove: 'No longer sent',
    sync: 'Mark who has it',
    asked: '{{n}} customers were asked for; they are marked within minutes.',
    saved: 'Saved; changes go to WeCom from now on.',
    limit:
      'Names have 15 characters at most, and a corp 3,000 tags. The Secret of the WeCom app is needed; see the deployment guide.',
    empty: 'No tag goes to WeCom yet.',
  },
);
