import type { Words } from '../words.ts';
import type { Reached } from './caps.ts';
import type { MessageContext } from './context.ts';
import { render } from './render.ts';
import { firstHold, type SendFacts } from './stops/index.ts';

export type Prepared =
  | { readonly ok: true; readonly title?: string; readonly body: string; readonly address: string }
  | { readonly ok: false; readonly reason: string; readonly words: Words; readonly cap?: Reached };

/** All stops, then the words: either a message ready to be claimed and sent, or the reason why there is none. */
export function prepareSend(
  facts: SendFacts,
  template: { readonly title?: string; readonly body: string },
  context: MessageContext,
): Prepared {
  const held = firstHold(facts);
  if (held) return { ok: false, reason: held.hold, words: held.words, ...(held.cap && { cap: held.cap }) };
  const rendered = render(template, context, { now: facts.now, zone: facts.zone }, facts.channel);
  if (!rendered.ok) return rendered;
  const { ok: _ok, ...message } = rendered;
  return { ok: true, ...message, address: facts.channel.address(facts.customer)! };
}
