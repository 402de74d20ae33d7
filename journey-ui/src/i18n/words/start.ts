import { area } from '../area.ts';

export const start = area(
  {
    title: '三步开始',
    lead: '先认识客户，再想好对谁说什么，然后看结果。做完一步，这里自己打勾。',
    done: '{{done}} / {{of}} 步完成',
    hide: '不再显示',
    tag: {
      title: '认识你的客户',
      time: '1–2 天',
      text: '接上应用的事件，或导入现有客户；标签按规则自己打上、自己更新。',
      customers: { todo: '有了第一位客户', done: '{{n}} 位客户' },
      peopled: { todo: '客户分进了人群', done: '{{n}} 个人群里有人' },
    },
    plan: {
      title: '想好对谁说什么',
      time: '2–3 天',
      text: '每个人群一个目标，每个目标一条旅程。模板包里的旅程可以直接用，也可以照着改。',
      segmentsWithGoal: { todo: '人群有了目标', done: '{{n}} 个人群有目标' },
      liveJourneys: { todo: '发布第一条旅程', done: '{{n}} 条旅程在运行' },
    },
    review: {
      title: '看结果，再改进',
      time: '持续',
      text: '谁进来了，走到哪一步，收到了什么，达成了目标没有。',
      entered: { todo: '第一位客户走进旅程', done: '累计 {{n}} 次进入' },
      messages: { todo: '发出第一条消息', done: '消息已发出' },
    },
    firstEvent: '发第一个事件试试',
    copied: '已复制，到终端里运行',
  },
  {
    title: 'Begin in three steps',
    lead: 'Know your customers, decide what to say to whom, then look at what came of it. Each step ticks itself off.',
    done: '{{done}} of {{of}} steps done',
    hide: 'Do not show again',
    tag: {
      title: 'Know your customers',
      time: '1–2 days',
      text: 'Send events from your app, or import the customers you have. Tags are set and kept up to date by rules.',
      customers: { todo: 'A first customer', done: 'Customers: {{n}}' },
      peopled: { todo: 'Customers in segments', done: 'Segments with customers: {{n}}' },
    },
    plan: {
      title: 'Decide what to say to whom',
      time: '2–3 days',
      text: 'A goal for each segment, a journey for each goal. Use the journeys of a pack as they are, or change them.',
      segmentsWithGoal: { todo: 'Segments with a goal', done: 'Segments with a goal: {{n}}' },
      liveJourneys: { todo: 'Publish a first journey', done: 'Journeys running: {{n}}' },
    },
    review: {
      title: 'Look, and improve',
      time: 'from then on',
      text: 'Who came in, how far they got, what they received, and whether the goal was reached.',
      entered: { todo: 'A first customer in a journey', done: 'Entered so far: {{n}}' },
      messages: { todo: 'A first message', done: 'Messages are going out' },
    },
    firstEvent: 'Try it with a first event',
    copied: 'Copied: run it in a terminal',
  },
);
