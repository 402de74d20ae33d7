import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Priority } from '../../../shared/journey/index.ts';
import type { TemplateKindId } from '../../../shared/messages/index.ts';
import type { Stage } from '../../../shared/stages.ts';
import type { TaskOutcome, TaskState, TaskWay } from '../../../shared/tasks/index.ts';
import type { Words } from '../../../shared/words.ts';
import { call, get, query } from './client.ts';
import type { Page } from './types.ts';

export interface TaskItem {
  readonly id: string;
  readonly customer: string;
  readonly way: TaskWay;
  readonly title: string;
  readonly body?: string;
  readonly kind?: TemplateKindId;
  readonly fault?: Words;
  /** Of the journey. */
  readonly priority?: Exclude<Priority, 'normal'>;
  readonly state: TaskState;
  readonly at: string;
  readonly due: string;
  readonly limitAt: string;
  readonly journey: string;
  readonly version: number;
  readonly enrolment: string;
  readonly because: { readonly type: string; readonly name: string };
  readonly person?: string;
  readonly team?: string;
  readonly endedAt?: string;
  readonly by?: string;
  readonly note?: string;
  readonly late?: true;
  readonly about: { readonly name?: string; readonly stage?: Stage; readonly tags: readonly string[] };
}

/** Which tasks: those given to me (or to nobody), all that are open, or those that are over. */
export type TaskLot = 'mine' | 'open' | 'closed';

export const useTasks = (lot: TaskLot) =>
  useInfiniteQuery({
    queryKey: ['tasks', lot],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      get<Page<TaskItem>>(
        `/api/tasks${query({ state: lot === 'closed' ? lot : 'open', assignee: lot === 'mine' ? 'me' : undefined, cursor })}`,
      ),
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const useHerTasks = (customer: string) =>
  useQuery({
    queryKey: ['tasks', 'of', customer],
    queryFn: () => get<Page<TaskItem>>(`/api/tasks${query({ customer })}`),
  });

type Act =
  | { readonly what: 'take' }
  | { readonly what: 'assign'; readonly person?: string; readonly team?: string }
  | { readonly what: 'finish'; readonly outcome: TaskOutcome; readonly note: string };

/** Takes a task, hands it on, or says how it came out. */
export function useTaskAct(task: Pick<TaskItem, 'customer' | 'id'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ what, ...body }: Act) =>
      call<{ task: TaskItem }>(
        'POST',
        `/api/tasks/${encodeURIComponent(task.customer)}/${encodeURIComponent(task.id)}/${what}`,
        body,
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
}
