import { LiquidError } from 'liquidjs';
import type { Words } from '../words.ts';
import type { Channel } from './channels/index.ts';
import type { MessageContext, Moment } from './context.ts';
import { engine, MessageAborted, MOMENT, templateIn } from './engine.ts';
import { byteLength } from './filters.ts';

export type Rendered =
  | { readonly ok: true; readonly title?: string; readonly body: string }
  | { readonly ok: false; readonly reason: RenderReason; readonly words: Words };

/**
 * `aborted`: the template gave up by itself. `template-failed`: it cannot be parsed or run. `empty-message`: nothing
 * was left to say. `too-long`: longer than the channel takes.
 */
export type RenderReason = 'aborted' | 'template-failed' | 'empty-message' | 'too-long';

/** Writes a message as this customer will read it. User mistakes come back as reasons, never as exceptions. */
export function render(
  template: { readonly title?: string; readonly body: string },
  context: MessageContext,
  moment: Moment,
  channel: Pick<Channel, 'limits'>,
): Rendered {
  try {
    const globals = { [MOMENT]: moment };
    const write = (text: string): string =>
      String(engine.renderSync(templateIn(text), context as object, { globals })).trim();
    const body = write(template.body);
    const title = channel.limits.title === undefined || template.title === undefined ? '' : write(template.title);
    if (body === '') return held('empty-message', { zh: '写出来的正文是空的', en: 'the body came out empty' });
    if (byteLength(body) > channel.limits.body) {
      return held('too-long', {
        zh: `正文 ${byteLength(body)} 字节，超过渠道的 ${channel.limits.body} 字节`,
        en: `the body has ${byteLength(body)} bytes; the channel takes ${channel.limits.body}`,
      });
    }
    if (channel.limits.title !== undefined && title.length > channel.limits.title) {
      return held('too-long', {
        zh: `标题 ${title.length} 字，超过渠道的 ${channel.limits.title} 字`,
        en: `the title has ${title.length} characters; the channel takes ${channel.limits.title}`,
      });
    }
    return { ok: true, ...(title && { title }), body };
  } catch (error) {
    const cause = LiquidError.is(error) ? (error as { originalError?: unknown }).originalError : undefined;
    if (cause instanceof MessageAborted) {
      return held('aborted', {
        zh: cause.reason || '文案要求不发送',
        en: cause.reason || 'the template asked not to send',
      });
    }
    if (!LiquidError.is(error)) throw error;
    return held('template-failed', {
      zh: `文案写不出来：${error.message}`,
      en: `the template failed: ${error.message}`,
    });
  }
}

const held = (reason: RenderReason, words: Words): Rendered => ({ ok: false, reason, words });
