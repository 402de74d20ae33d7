export {
  countMembers,
  customersOf,
  directoryItem,
  listCustomers,
  listMembers,
  memberItem,
  putMembers,
} from './members.ts';
