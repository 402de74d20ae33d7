import type { Trigger } from '../journey/trigger.ts';
import type { Words } from '../words.ts';

/** A trigger as people say it: “下单(Order Completed)”-like names stay as the app sends them. */
export function triggerWords(trigger: Trigger): Words {
  if (trigger.type === 'tagAdded') return { zh: `打上标签“${trigger.key}”`, en: `tag “${trigger.key}” added` };
  if (trigger.type === 'tagRemoved') return { zh: `去掉标签“${trigger.key}”`, en: `tag “${trigger.key}” removed` };
  const names = typeof trigger.event === 'string' ? [trigger.event] : trigger.event;
  const but = trigger.except?.length
    ? { zh: `(不含 ${trigger.except.join('、')})`, en: ` (not ${trigger.except.join(', ')})` }
    : { zh: '', en: '' };
  const only = trigger.where?.length ? { zh: '(有条件)', en: ' (filtered)' } : { zh: '', en: '' };
  if (names.includes('*')) return { zh: `任意事件${but.zh}${only.zh}`, en: `any event${but.en}${only.en}` };
  return { zh: `事件 ${names.join('、')}${but.zh}${only.zh}`, en: `event ${names.join(', ')}${but.en}${only.en}` };
}
