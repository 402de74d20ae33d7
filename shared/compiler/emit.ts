/**
 * Input: the tidied program. Output: the definition in Amazon States Language (JSONata) and the map from its states back
 * to the nodes. Everything that AWS wants and no kind needs to know is added here: ids, trail, visits, retries, catches,
 * timeouts.
 */
import { ENTERED, expression, INPUT, plusSeconds, text } from './jsonata.ts';
import { againState, callState, completedState, endedState, failedState, STATE, verdict } from './machine-states.ts';
import type { AslState, CompileMap, CompileOptions, ProgramState, StateMachine, StateRole, Target } from './program.ts';
import type { Tidied } from './tidy.ts';

/** The longest that AWS lets an execution live. */
export const YEAR_SECONDS = 31_536_000;

export function emit(tidied: Tidied, options: CompileOptions): { asl: StateMachine; map: CompileMap } {
  const writer = new Writer(tidied, options);
  return { asl: writer.definition(), map: writer.map() };
}

class Writer {
  private readonly tidied: Tidied;
  private readonly options: CompileOptions;
  private readonly roles: Record<string, { node?: string; role: StateRole }> = {};

  constructor(tidied: Tidied, options: CompileOptions) {
    this.tidied = tidied;
    this.options = options;
  }

  definition(): StateMachine {
    const { program, completes } = this.tidied;
    const { journey } = program.plan.graph;
    const states: Record<string, AslState> = {};
    const put = (name: string, state: AslState, role: StateRole, node?: string): void => {
      states[name] = state;
      this.roles[name] = { ...(node !== undefined && { node }), role };
    };
    const start = this.start(put);
    for (const state of program.states.values())
      put(this.nameOf(state.key), this.state(state), state.it.type, state.node);
    if (completes)
      put(STATE.completed, completedState(this.options.functions, this.tidied.endFresh ? '[]' : '$trail'), 'completed');
    const calls = Object.keys(states).filter((name) => states[name]!.Type === 'Task');
    put(STATE.ended, endedState(), 'ended');
    put(STATE.failed, failedState(this.options.functions), 'failed');
    put(STATE.again, againState(calls), 'again');
    return {
      Comment: `${journey.name} (${journey.id}) v${this.options.version}`,
      QueryLanguage: 'JSONata',
      StartAt: start,
      TimeoutSeconds: YEAR_SECONDS,
      States: states,
    };
  }

  map(): CompileMap {
    const { plan } = this.tidied.program;
    const { journey } = plan.graph;
    return {
      states: this.roles,
      entries: plan.entries.map(({ node, trigger }) => ({ node, trigger })),
      goals: journey.goals,
      exits: journey.exits,
      next: Object.fromEntries(
        plan.graph.nodes.map(({ node, outlets }) => [
          node.id,
          Object.fromEntries(outlets.map((o) => [o.id, plan.graph.target(node.id, o.id)])),
        ]),
      ),
      passing: Object.fromEntries(plan.nodes.map(({ node }) => [node.id, this.passing(node.id)])),
    };
  }

  private passing(node: string): 'step' | 'trail' | 'instant' | 'end' {
    const types = [...this.tidied.program.states.values()].filter((s) => s.node === node).map((s) => s.it.type);
    if (types.includes('end')) return 'end';
    if (types.includes('choose')) return 'instant';
    return types.includes('wait') || types.includes('await') ? 'trail' : 'step';
  }

  /** Where the machine starts: at the one target of all entries, else at a Choice; with variables set first if needed. */
  private start(put: (name: string, state: AslState, role: StateRole) => void): string {
    const { starts } = this.tidied.program;
    const assign = this.tidied.begins ? { Assign: this.initial() } : {};
    const names = starts.map((s) => this.target(s.target));
    if (new Set(names).size === 1) {
      if (!this.tidied.begins) return names[0]!;
      put(STATE.begin, { Type: 'Pass', Output: {}, ...assign, Next: names[0]! }, 'begin');
      return STATE.begin;
    }
    const choices = starts.map((s, i) => ({
      Condition: expression(`${INPUT}.entry = ${text(s.entry)}`),
      ...assign,
      Next: names[i]!,
    }));
    put(STATE.entry, { Type: 'Choice', Choices: choices, Output: {} }, 'entry');
    return STATE.entry;
  }

  private initial(): Record<string, unknown> {
    const { program, counts } = this.tidied;
    const looped = program.plan.nodes.filter((n) => program.plan.graph.onLoop(n.node.id));
    return { trail: [], ...(counts && { visits: Object.fromEntries(looped.map((n) => [n.node.id, 0])) }) };
  }

  private state(state: ProgramState): AslState {
    const { it, node } = state;
    const { functions } = this.options;
    const call = { node, visit: this.visit(node), trail: this.trail(state.key) };
    const outlet = (id: string): string => this.target(state.outlets[id]!);
    switch (it.type) {
      case 'step':
        return {
          ...callState({ ...call, functionArn: functions[it.handler] }),
          Output: this.stepOutput(state),
          Assign: { trail: [], ...(it.passes && this.counted(node)) },
          Next: this.target(state.next!),
        };
      case 'end':
        return { ...callState({ ...call, functionArn: functions.perform }), Output: { end: node }, End: true };
      case 'await': {
        const limitAt = plusSeconds(ENTERED, it.seconds);
        const passed = (id: string, at: string) => ({
          trail: expression(`[${this.passed(node, id, at)}]`),
          ...this.counted(node),
        });
        return {
          ...callState({
            ...call,
            functionArn: functions.await,
            more: [`'token': $states.context.Task.Token`, `'limitAt': ${limitAt}`],
            tokenSeconds: it.seconds,
            catches: [
              {
                ErrorEquals: ['States.Timeout'],
                Assign: passed(text(it.timedOut), limitAt),
                Output: {},
                Next: outlet(it.timedOut),
              },
            ],
          }),
          Output: { outlet: '{% $states.result.outlet %}' },
          Assign: passed('$states.result.outlet', '$states.result.at'),
          Next: this.target(state.next!),
        };
      }
      case 'wait': {
        const at = 'seconds' in it.for ? plusSeconds(ENTERED, it.for.seconds) : '$states.input.until';
        return {
          Type: 'Wait',
          ...('seconds' in it.for ? { Seconds: it.for.seconds } : { Timestamp: '{% $states.input.until %}' }),
          Output: {},
          Assign: this.append(state, text(it.outlet), at),
          Next: outlet(it.outlet),
        };
      }
      case 'pause':
        return {
          Type: 'Wait',
          Timestamp: '{% $states.input.until %}',
          Output: {},
          Next: this.target(state.next!),
        };
      case 'choose':
        return {
          Type: 'Choice',
          Choices: it.rules.map((r) => ({
            Condition: expression(r.when),
            Assign: this.append(state, text(r.outlet), ENTERED),
            Next: outlet(r.outlet),
          })),
          Default: outlet(it.otherwise),
          Assign: this.append(state, text(it.otherwise), ENTERED),
          Output: {},
        };
      case 'route': {
        const asked = this.callBefore(state);
        const unknown = `'The step answered an outlet that is not there: ' & $string($states.input.outlet)`;
        const later = state.later && {
          Condition: '{% $exists($states.input.until) %}',
          Output: { until: '{% $states.input.until %}' },
          Next: this.target(state.later),
        };
        const passed = later && this.tidied.program.plan.graph.onLoop(node) ? { Assign: this.counted(node) } : {};
        return {
          Type: 'Choice',
          Choices: [
            ...(later ? [later] : []),
            ...it.outlets.map((id) => ({
              Condition: expression(`$states.input.outlet = ${text(id)}`),
              Output: {},
              ...passed,
              Next: outlet(id),
            })),
          ],
          Default: STATE.failed,
          Assign: verdict({ ...call, trail: '$trail' }, text(asked), `'Pergola.UnknownOutlet'`, unknown),
          Output: {},
        };
      }
    }
  }

  /** The call whose answer this route looks at: the one before it in its node. */
  private callBefore(route: ProgramState): string {
    const before = [...this.tidied.program.states.values()].find(
      (s) => s.next && 'state' in s.next && s.next.state === route.key,
    );
    return this.nameOf(before!.key);
  }

  /** What the next state of the same node needs of the answer; otherwise nothing, to keep histories small. */
  private stepOutput(state: ProgramState): Record<string, string> | string {
    const next = state.next!;
    const follower = 'state' in next ? this.tidied.program.states.get(next.state) : undefined;
    if (follower?.node !== state.node) return {};
    if (follower.later) return '{% $states.result.Payload %}';
    if (follower.it.type === 'route') return { outlet: '{% $states.result.Payload.outlet %}' };
    return follower.it.type === 'wait' ? { until: '{% $states.result.Payload.until %}' } : {};
  }

  private nameOf(key: string): string {
    return this.tidied.names.get(key)!;
  }

  private target(target: Target): string {
    return 'state' in target ? this.nameOf(target.state) : STATE.completed;
  }

  private trail(key: string): string {
    return this.tidied.fresh.has(key) ? '[]' : '$trail';
  }

  private visit(node: string): string {
    return this.tidied.program.plan.graph.onLoop(node) ? `$lookup($visits, ${text(node)}) + 1` : '1';
  }

  /** Counts the visit that is over; nothing for nodes that are visited once. */
  private counted(node: string): Record<string, string> {
    if (!this.tidied.program.plan.graph.onLoop(node)) return {};
    return { visits: expression(`$merge([$visits, {${text(node)}: ${this.visit(node)}}])`) };
  }

  private passed(node: string, outlet: string, at: string): string {
    return `{'node': ${text(node)}, 'visit': ${this.visit(node)}, 'outlet': ${outlet}, 'at': ${at}}`;
  }

  private append(state: ProgramState, outlet: string, at: string): Record<string, string> {
    const passed = `[${this.passed(state.node, outlet, at)}]`;
    const trail = this.trail(state.key);
    return {
      trail: expression(trail === '[]' ? passed : `$append(${trail}, ${passed})`),
      ...this.counted(state.node),
    };
  }
}
