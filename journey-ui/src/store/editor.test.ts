import { beforeEach, describe, expect, it } from 'vitest';
import type { Journey } from '../../../shared/journey/index.ts';
import { edit, endGroup, openJourney, redo, savedAs, select, undo, useEditor } from './editor.ts';

const journey: Journey = {
  schema: 1,
  id: 'j',
  name: 'A',
  entry: { reentry: { type: 'never' } },
  goals: [],
  exits: [],
  nodes: [],
  edges: [],
};
const rename = (name: string) => (j: Journey) => ({ ...j, name });
const name = () => useEditor.getState().journey?.name;

describe('the draft on the table', () => {
  beforeEach(() => openJourney(journey, 1, '2026-01-01T00:00:00.000Z'));

  it('takes back and brings again step by step', () => {
    edit(rename('B'));
    edit(rename('C'));
    undo();
    expect(name()).toBe('B');
    undo();
    expect(name()).toBe('A');
    redo();
    redo();
    expect(name()).toBe('C');
  });

  it('counts typing into one field as one step, until the field is left', () => {
    edit(rename('B'), 'name');
    edit(rename('BC'), 'name');
    endGroup();
    edit(rename('BCD'), 'name');
    undo();
    expect(name()).toBe('BC');
    undo();
    expect(name()).toBe('A');
  });

  it('leaves no step for an edit that changes nothing', () => {
    edit((j) => j);
    expect(useEditor.getState().past).toHaveLength(0);
    expect(useEditor.getState().save).toBe('saved');
  });

  it('forgets what could be brought again once something new is drawn', () => {
    edit(rename('B'));
    undo();
    edit(rename('C'));
    redo();
    expect(name()).toBe('C');
  });

  it('stays unsaved when something was edited while the save was under way', () => {
    edit(rename('B'));
    const sent = useEditor.getState().journey as Journey;
    edit(rename('C'));
    savedAs(sent, 2, '2026-01-01T00:01:00.000Z');
    expect(useEditor.getState()).toMatchObject({ revision: 2, save: 'dirty' });
  });

  it('does not keep selected what an undo took away', () => {
    const node = { id: 'n', kind: 'x', kindVersion: 1, config: {}, stage: 'touch' as const, position: { x: 0, y: 0 } };
    edit((j) => ({ ...j, nodes: [node] }));
    select(['n']);
    undo();
    expect(useEditor.getState().selection).toEqual([]);
  });
});
