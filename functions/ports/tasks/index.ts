export {
  closeTask,
  readTask,
  saveTask,
  taskItem,
  tasksDue,
  tasksFor,
  tasksIn,
  tasksOf,
  withdrawTask,
} from './store.ts';
export { TASKS, type Task, taskFrom, taskId, taskKey } from './task.ts';
