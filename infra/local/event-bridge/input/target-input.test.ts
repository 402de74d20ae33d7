import { describe, expect, it } from 'vitest';
import { type InputChoice, inputRefusal, targetInput } from './target-input.ts';

const event = {
  version: '0',
  id: '7bf73129',
  'detail-type': 'Order Placed',
  source: 'shop',
  account: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: ['arn:one', 'arn:two'],
  detail: { id: 'o-1', total: 12.5, note: 'say "hi"\n', gift: false, items: [{ sku: 'a' }, { sku: 'b' }] },
};
const about = {
  ruleArn: 'arn:aws:events:us-east-1:000000000000:rule/garden/orders',
  ruleName: 'orders',
  takenAt: Date.UTC(2026, 0, 1, 0, 0, 0, 250),
};
const given = (choice: InputChoice) => targetInput(choice, event, JSON.stringify(event), about);
const transformed = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) =>
  given({ InputTransformer: { InputTemplate, InputPathsMap } });

describe('what a target is given', () => {
  it('is the event, a text, or what lies at a path', () => {
    expect(given({})).toBe(JSON.stringify(event));
    expect(given({ Input: '{"always":"this"}' })).toBe('{"always":"this"}');
    expect(given({ InputPath: '$.detail.items[1]' })).toBe('{"sku":"b"}');
    expect(given({ InputPath: '$.detail-type' })).toBe('"Order Placed"');
    expect(given({ InputPath: '$.nothing' })).toBe('null');
  });

  it('is a template of text with variables in it', () => {
    const paths = { id: '$.detail.id', total: '$.detail.total', type: '$.detail-type', gone: '$.detail.gone' };
    expect(transformed('"<type> <id> costs <total>, <gone>"', paths)).toBe('"Order Placed o-1 costs 12.5, "');
    expect(transformed('"{[/Odd beginnings of <type>"', paths)).toBe('"{[/Odd beginnings of Order Placed"');
    expect(transformed('<all>', { all: '$.detail.items' })).toBe('[{"sku":"a"},{"sku":"b"}]');
  });

  it('is a template of JSON, in which a variable alone is a value', () => {
    const paths = { id: '$.detail.id', total: '$.detail.total', note: '$.detail.note', gift: '$.detail.gift' };
    const text = transformed(
      '{"id": <id>, "total": <total>, "said": "<id>: <note>", "gift": <gift>, "first": <first>, "skus": <skus>, "gone": <gone>}',
      { ...paths, first: '$.resources[0]', skus: '$.detail.items[*].sku', gone: '$.detail.gone' },
    );
    expect(JSON.parse(text)).toEqual({
      id: 'o-1',
      total: 12.5,
      said: 'o-1: say "hi"\n',
      gift: false,
      first: 'arn:one',
      skus: ['a', 'b'],
      gone: '',
    });
  });

  it('may use what AWS defines itself', () => {
    expect(transformed('"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"')).toBe(
      `"${about.ruleArn} orders 2026-01-01T00:00:00.250Z"`,
    );
    const { detail: _, 'detail-type': detailType, ...head } = event;
    expect(
      JSON.parse(transformed('{"originalEvent": <aws.events.event>, "originalEventJson": <aws.events.event.json>}')),
    ).toEqual({ originalEvent: { ...head, detailType }, originalEventJson: event });
  });
});

describe('an input that AWS refuses', () => {
  const template = (InputTemplate: string, InputPathsMap = {}) => ({
    InputTransformer: { InputTemplate, InputPathsMap },
  });
  it.each<[InputChoice, string]>([
    [
      { Input: '1', InputPath: '$' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
    ],
    [{ Input: 'plain' }, 'JSON syntax error in input for target t.'],
    [{ InputPath: 'detail' }, 'Invalid InputPath for target t.'],
    [template('"<who>"'), 'InputTemplate for target t contains invalid placeholder who.'],
    [template('{"a": <a>', { a: '$.detail' }), 'Invalid InputTemplate for target t.'],
    [template('"<aws.mine>"', { 'aws.mine': '$' }), 'InputPathsMap for target t contains reserved key aws.mine.'],
  ])('%j', (choice, sentence) => {
    expect(inputRefusal(choice, 't')).toBe(sentence);
  });
});
