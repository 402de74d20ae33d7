/**
 * What the compiler can find wrong, each with its code, its words and what to do next. A code is documented where it is
 * made; diagnostics.test.ts has an example of every one.
 */
import type { Diagnostic } from '../diagnostics.ts';
import type { Words } from '../words.ts';

type Place = Pick<Diagnostic, 'node' | 'edge' | 'field'>;

const make =
  (severity: Diagnostic['severity']) =>
  (code: string, message: Words, next: Words, place: Place = {}): Diagnostic => ({
    code,
    severity,
    message,
    next,
    ...place,
  });
const error = make('error');
const warning = make('warning');

export const found = {
  /** No node lets customers in. */
  noEntry: () =>
    error(
      'no-entry',
      { zh: '旅程没有入口，没有人能进来。', en: 'The journey has no way in: nobody can enter.' },
      { zh: '从左侧「进入」一组里加一个节点。', en: 'Add one of the “Enter” nodes from the palette.' },
      { field: 'nodes' },
    ),
  /** No path from an entry leads here. */
  unreachable: (node: string, title: Words) =>
    error(
      'unreachable',
      { zh: `没有路通到「${title.zh}」。`, en: `No way leads to “${title.en}”.` },
      { zh: '把它接到前面的节点上，或删除它。', en: 'Connect it to a node before it, or delete it.' },
      { node },
    ),
  /**
   * Nothing follows some outlets (`「a」「b」`; none: the only one): customers who leave there have completed the journey.
   */
  freeOutlet: (node: string, title: Words, outlets?: Words) =>
    warning(
      'free-outlet',
      outlets === undefined
        ? {
            zh: `「${title.zh}」后面没有节点，走到这里旅程就结束。`,
            en: `Nothing follows “${title.en}”: the journey ends there.`,
          }
        : {
            zh: `「${title.zh}」的出口${outlets.zh}后面没有节点，走到这里旅程就结束。`,
            en: `Nothing follows ${outlets.en} of “${title.en}”: the journey ends there.`,
          },
      {
        zh: '如果就该在这里结束，可以不管，或接一个「结束」。',
        en: 'If that is meant, leave it, or put an Exit there to say so.',
      },
      { node },
    ),
  /** Two nodes, edges, goals or exits share an id. */
  duplicateId: (what: Words, id: string, place: Place) =>
    error(
      'duplicate-id',
      { zh: `有两个${what.zh}的编号都是 ${id}。`, en: `Two ${what.en} have the id ${id}.` },
      { zh: '改掉其中一个。', en: 'Change one of them.' },
      place,
    ),
  /** An edge leads to a node that is not there. */
  edgeToNowhere: (edge: string, to: string) =>
    error(
      'edge-to-nowhere',
      { zh: `连线 ${edge} 通向不存在的节点 ${to}。`, en: `Edge ${edge} leads to a node that is not there: ${to}.` },
      { zh: '删除这条线，或改接到已有的节点。', en: 'Delete the edge, or connect it to a node.' },
      { edge },
    ),
  /** An edge starts at a node, or an outlet of it, that is not there. */
  edgeFromNowhere: (edge: string, from: string) =>
    error(
      'edge-from-nowhere',
      { zh: `连线 ${edge} 的起点 ${from} 不存在。`, en: `Edge ${edge} starts at ${from}, which is not there.` },
      { zh: '删除这条线，再从现有的出口重新连。', en: 'Delete the edge and draw it from an outlet that exists.' },
      { edge },
    ),
  /** An outlet has two edges; a customer can go only one way. */
  twoEdges: (edge: string, node: string, outlet: Words) =>
    error(
      'two-edges',
      {
        zh: `出口「${outlet.zh}」连了两条线，客户只能走一条。`,
        en: `Two edges leave from “${outlet.en}”; a customer can go only one way.`,
      },
      {
        zh: '删除其中一条；要分流请用「条件分支」或「按比例分流」。',
        en: 'Delete one; to send customers different ways, use a Branch or a Split.',
      },
      { edge, node },
    ),
  /** An edge leads into a card that lets customers in. */
  edgeIntoEntry: (edge: string, node: string) =>
    error(
      'edge-into-entry',
      { zh: '入口前面不能再有节点。', en: 'Nothing can lead into an entry.' },
      { zh: '把线接到入口后面的节点。', en: 'Connect the edge to the node behind the entry.' },
      { edge, node },
    ),
  /** Customers could go round without ever waiting: the machine would spin until AWS stops it. */
  loopWithoutWait: (node: string, title: Words) =>
    error(
      'loop-without-wait',
      {
        zh: `从「${title.zh}」绕一圈又回来，中间没有等待。`,
        en: `A loop leads from “${title.en}” back to it without a wait.`,
      },
      {
        zh: '在圈里加一个「等待」，或去掉回来的线。',
        en: 'Put a Wait into the loop, or remove the edge that leads back.',
      },
      { node },
    ),
  /** A loop that nobody can leave, and no goal or exit of the journey either. */
  endless: (node: string, title: Words) =>
    error(
      'endless',
      { zh: `到了「${title.zh}」就永远走不出来。`, en: `From “${title.en}” no way leads to an end.` },
      {
        zh: '加一个能走出去的条件，或设置旅程的目标、退出规则。',
        en: 'Add a way out, or a goal or exit to the journey.',
      },
      { node },
    ),
  /** A loop that only a goal or exit of the journey ends; AWS ends it after a year. */
  loopWithoutEnd: (node: string, title: Words) =>
    warning(
      'loop-without-end',
      {
        zh: `到了「${title.zh}」只能等目标或退出规则生效；满一年 AWS 会中止。`,
        en: `From “${title.en}” only a goal or exit leads out; after a year AWS stops the execution.`,
      },
      {
        zh: '如果就是长期循环，可以不管；否则加一个能走出去的条件。',
        en: 'Leave it if it is meant to go on; otherwise add a way out.',
      },
      { node },
    ),
  /** Who keeps going round fills the execution's history of 25,000 events before its year is over; AWS then fails it. */
  loopTooFast: (node: string, title: Words, days: number) =>
    warning(
      'loop-too-fast',
      {
        zh: `从「${title.zh}」开始的这一圈转得太快：一直绕下去，大约 ${days} 天后会超过 AWS 的历史上限。`,
        en: `The loop at “${title.en}” is fast: who keeps going round exceeds AWS's history limit after about ${days} days.`,
      },
      {
        zh: '把圈里的等待加长，或加一个能走出去的条件。',
        en: 'Lengthen the wait in it, or add a condition that leads out.',
      },
      { node },
    ),
  /** A single wait exceeds the year that an execution may live. */
  waitTooLong: (node: string, title: Words) =>
    error(
      'wait-too-long',
      {
        zh: `「${title.zh}」等待超过一年，AWS 的一次执行最长一年。`,
        en: `“${title.en}” waits for more than a year; an execution may live for one year.`,
      },
      {
        zh: '缩短等待，或拆成两个旅程：第一个打标签，第二个由标签进入。',
        en: 'Shorten it, or make two journeys: the first adds a tag, the second enters on it.',
      },
      { node, field: 'config' },
    ),
  /** All waits of one path together exceed a year. */
  pathTooLong: (days: number) =>
    error(
      'path-too-long',
      {
        zh: `走完最长的一条路要 ${days} 天，AWS 的一次执行最长一年。`,
        en: `The longest way takes ${days} days; an execution may live for one year.`,
      },
      { zh: '缩短等待，或拆成两个旅程。', en: 'Shorten the waits, or make two journeys of it.' },
    ),
  /** The title will be cut in AWS, where state names have at most 80 characters. */
  titleTooLong: (node: string, most: number) =>
    warning(
      'title-too-long',
      {
        zh: `标题太长，在 AWS 里会截到 ${most} 个字符。`,
        en: `The title is long; in AWS it is cut to ${most} characters.`,
      },
      { zh: '起一个短一点的标题。', en: 'Give it a shorter title.' },
      { node, field: 'title' },
    ),
  /** The ruleset has no such tag (known only to callers who pass the ruleset's keys). */
  tagUnknown: (key: string, place: Place) =>
    warning(
      'tag-unknown',
      { zh: `标签体系里没有「${key}」。`, en: `There is no tag “${key}”.` },
      { zh: '检查名称，或先在「标签」里建立它。', en: 'Check the name, or create the tag first.' },
      place,
    ),
  segmentUnknown: (id: string, place: Place) =>
    warning(
      'segment-unknown',
      { zh: `没有「${id}」这个人群。`, en: `There is no segment “${id}”.` },
      { zh: '检查名称，或先在「人群」里建立它。', en: 'Check the id, or create the segment first.' },
      place,
    ),
  familyUnknown: (id: string) =>
    warning(
      'family-unknown',
      { zh: `没有「${id}」这组人群。`, en: `There is no family of segments “${id}”.` },
      {
        zh: '在旅程设置里换一组；写着同一组的旅程仍然互斥。',
        en: 'Choose another in the journey’s settings; journeys that name the same still exclude each other.',
      },
      { field: 'entry.family' },
    ),
  /** Not an IANA time zone. */
  zoneUnknown: (zone: string) =>
    error(
      'zone-unknown',
      { zh: `没有「${zone}」这个时区。`, en: `There is no time zone “${zone}”.` },
      { zh: '写成 Asia/Shanghai 这样的名称。', en: 'Use a name such as Asia/Shanghai.' },
      { field: 'zone' },
    ),
  /** Step Functions takes definitions of at most 1 MB. */
  definitionTooLarge: (bytes: number) =>
    error(
      'definition-too-large',
      {
        zh: `编译结果有 ${(bytes / 1e6).toFixed(2)} MB,AWS 最多接受 1 MB。`,
        en: `The compiled journey has ${(bytes / 1e6).toFixed(2)} MB; AWS takes at most 1 MB.`,
      },
      { zh: '拆成几个旅程，用标签衔接。', en: 'Make several journeys of it, joined by tags.' },
    ),
};
