export { keepLists } from './keep-lists.ts';
