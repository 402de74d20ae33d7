import { advance, emptyState, type CustomerState } from '../../shared/profile/index.ts';
import { hundredRules, makeEvents } from './advance.bench.ts';
const rules = hundredRules(); const events = makeEvents();
for (let run=0; run<Number(process.argv[2]??1); run++) {
const states = new Map<string, CustomerState>(); let ch=0, open=0, due=0;
const c0=process.cpuUsage();
for (const event of events) { const s = states.get(event.customer) ?? emptyState(event.customer);
 if (s.dueAt && s.dueAt<=event.at) due++;
 const a = advance(s,[{type:'event',event}],rules,event.at); ch+=a.changes.length; open+=(a.state.memory as any).open.length; states.set(event.customer,a.state); }
const c=process.cpuUsage(c0); console.log('changes/ev',ch/events.length,'open',open/events.length,'due',due/events.length,'user',c.user/events.length,'sys',c.system/events.length);
}
