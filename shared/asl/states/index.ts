/** The state kinds. A new kind is a file and a line here. */
import { choice } from './choice.ts';
import type { StateKind } from './define-state-kind.ts';
import { fail } from './fail.ts';
import { map } from './map/map.ts';
import { parallel } from './parallel.ts';
import { pass } from './pass.ts';
import { succeed } from './succeed.ts';
import { task } from './task.ts';
import { wait } from './wait.ts';

export type { StateKind } from './define-state-kind.ts';
export const STATE_KINDS = {
  Pass: pass,
  Task: task,
  Choice: choice,
  Wait: wait,
  Succeed: succeed,
  Fail: fail,
  Parallel: parallel,
  Map: map,
} satisfies Record<string, StateKind>;
