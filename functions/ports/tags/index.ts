export {
  countMembers,
  customersOf,
  directoryItem,
  listCustomers,
  listMembers,
  memberItem,
  useOfTag,
} from './members.ts';
