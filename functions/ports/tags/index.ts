export { countMembers, directoryItem, listCustomers, listMembers, memberItem, putMembers } from './members.ts';
