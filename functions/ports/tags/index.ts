export {
  countMembers,
  customersOf,
  directoryItem,
  listCustomers,
  listMembers,
  memberItem,
  putMembers,
  useOfTag,
} from './members.ts';
