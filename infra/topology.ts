/**
 * What the system is made of, said once: tables, functions, what triggers them and what they may touch. The CDK stacks
 * and the local stack both read this, so what runs on a laptop is what is deployed.
 */
export interface TableSpec {
  readonly indexes?: Readonly<
    Record<string, { readonly pk: string; readonly sk: string; readonly projection: 'ALL' | 'KEYS_ONLY' }>
  >;
  /** What its records hold, as AWS names it. Old images only where a reader asks what a row was before. */
  readonly stream?: 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES';
}

/** Every table has string keys pk and sk, TTL on `expiresAt` (epoch seconds), PITR and encryption. */
export const TABLES = {
  profiles: { stream: 'NEW_IMAGE', indexes: { due: { pk: 'duePk', sk: 'dueAt', projection: 'KEYS_ONLY' } } },
  tags: {},
  segments: { stream: 'NEW_AND_OLD_IMAGES' },
  journeys: {},
  enrolments: {
    stream: 'NEW_AND_OLD_IMAGES',
    indexes: { byJourney: { pk: 'journeyPk', sk: 'enteredAt', projection: 'ALL' } },
  },
  messages: { stream: 'NEW_AND_OLD_IMAGES', indexes: { byTime: { pk: 'timePk', sk: 'at', projection: 'ALL' } } },
  tasks: {
    stream: 'NEW_AND_OLD_IMAGES',
    indexes: {
      byState: { pk: 'statePk', sk: 'sortAt', projection: 'ALL' },
      byList: { pk: 'listPk', sk: 'sortAt', projection: 'ALL' },
      due: { pk: 'duePk', sk: 'dueAt', projection: 'KEYS_ONLY' },
    },
  },
  metrics: {},
} as const satisfies Record<string, TableSpec>;

export type TableName = keyof typeof TABLES;

export type HttpAuth = 'jwt' | 'writeKey' | 'signature';

export type Trigger =
  /**
   * A rule on our bus feeds an SQS queue (with DLQ), which feeds the function in batches with partial batch failures.
   * Batches of more than ten need `windowSeconds`: so long, at most, messages are gathered. At most `concurrency` batches
   * are under way at once; on a laptop it is one.
   */
  | {
      readonly type: 'queue';
      readonly name: string;
      readonly pattern: Record<string, unknown>;
      readonly batchSize: number;
      readonly maxReceive: number;
      readonly windowSeconds?: number;
      readonly concurrency?: number;
    }
  /**
   * A table's stream; records in order per item; the batch is retried until it passes (bisected, then to a DLQ).
   * `parallel` batches of one shard run at once where set: then only the order per item is kept, not per customer.
   * With `windowSeconds` records may be gathered that long into fuller batches: for what only tells others, counts or lists.
   * `onlyInserts` leaves changed and removed rows out before the function is called.
   */
  | {
      readonly type: 'stream';
      readonly table: TableName;
      readonly batchSize: number;
      readonly parallel?: number;
      readonly windowSeconds?: number;
      readonly onlyInserts?: true;
    }
  /**
   * Every `everySeconds`. `dueTable` says whose items carry `dueAt` (ISO, UTC): where time can be moved, the local stack
   * calls the function at exactly these moments instead of every minute of every skipped day; only those count whose
   * `duePk` begins with `duePrefix`. `afterStreams`: it reads what streams write, so where these may gather their records
   * while time is moved, they have handed them over before it is called.
   */
  | {
      readonly type: 'schedule';
      readonly everySeconds: number;
      readonly dueTable?: TableName;
      readonly duePrefix?: string;
      readonly afterStreams?: true;
    }
  /**
   * HTTP API (payload format 2.0) routes; `auth: 'jwt'` = Cognito. 'writeKey' and 'signature' (of the service that calls
   * back) are checked by the handler itself.
   */
  | { readonly type: 'http'; readonly routes: readonly string[]; readonly auth: HttpAuth }
  /** Invoked by state machines through its alias `live`. */
  | { readonly type: 'step' };

export type StatesAction =
  | 'StartExecution'
  | 'StopExecution'
  | 'SendTaskSuccess'
  | 'DescribeExecution'
  | 'GetExecutionHistory'
  | 'CreateStateMachine'
  | 'UpdateStateMachine'
  | 'PublishStateMachineVersion'
  | 'DescribeStateMachine'
  | 'TagResource'
  | 'RedriveExecution';

export interface FunctionSpec {
  readonly entry: string;
  readonly trigger: Trigger;
  readonly tables: Partial<Record<TableName, 'r' | 'rw'>>;
  /** May put events on our bus. */
  readonly bus?: true;
  readonly states?: readonly StatesAction[];
  /** May read this SecureString of the parameter store, `pergola/<name>`; on a laptop a variable stands for it. */
  readonly parameter?: 'wecom';
  /** May pass the journeys' execution role to Step Functions. */
  readonly passRole?: true;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** The handler export of every entry file is named `handler`. */
export const FUNCTIONS = {
  'events-ingest': {
    entry: 'functions/events/ingest.ts',
    trigger: {
      type: 'queue',
      name: 'ingest',
      pattern: { source: [{ 'anything-but': ['pergola'] }] },
      // The events of one customer in a batch are one write, and batches at the same customer are in each other's way.
      batchSize: 100,
      windowSeconds: 1,
      concurrency: 20,
      maxReceive: 5,
    },
    tables: { profiles: 'rw', tags: 'rw', segments: 'rw' },
    timeoutSeconds: 30,
    memoryMb: 512,
  },
  'events-wecom-contacts': {
    entry: 'functions/events/wecom-contacts.ts',
    trigger: {
      type: 'queue',
      name: 'wecom-contacts',
      pattern: {
        source: ['wecom'],
        detail: {
          Event: ['change_external_contact'],
          ChangeType: [
            'add_external_contact',
            'add_half_external_contact',
            'edit_external_contact',
            'del_external_contact',
            'del_follow_user',
          ],
          UserID: [{ exists: true }],
          ExternalUserID: [{ exists: true }],
        },
      },
      batchSize: 5,
      maxReceive: 10,
    },
    tables: { profiles: 'rw' },
    bus: true,
    parameter: 'wecom',
    timeoutSeconds: 60,
    memoryMb: 256,
  },
  'events-wecom-tags': {
    entry: 'functions/events/wecom-tags.ts',
    trigger: {
      type: 'queue',
      name: 'wecom-tags',
      // The publisher names those that are mapped. Of one customer a batch makes one look; WeCom allows five marks at once.
      pattern: { source: ['pergola'], detail: { outward: ['wecom'] } },
      batchSize: 100,
      windowSeconds: 5,
      concurrency: 2,
      maxReceive: 20,
    },
    tables: { profiles: 'rw', tags: 'r' },
    parameter: 'wecom',
    timeoutSeconds: 120,
    memoryMb: 256,
  },
  'events-enrol': {
    entry: 'functions/events/enrol.ts',
    trigger: { type: 'stream', table: 'profiles', batchSize: 100, onlyInserts: true },
    tables: { profiles: 'rw', journeys: 'r', enrolments: 'rw' },
    states: ['StartExecution', 'StopExecution', 'SendTaskSuccess'],
    timeoutSeconds: 60,
    memoryMb: 512,
  },
  'events-task-outcomes': {
    entry: 'functions/events/task-outcomes.ts',
    trigger: { type: 'stream', table: 'tasks', batchSize: 100 },
    tables: { tasks: 'rw', journeys: 'r', enrolments: 'rw' },
    states: ['SendTaskSuccess'],
    timeoutSeconds: 60,
    memoryMb: 512,
  },
  'events-withdraw-tasks': {
    entry: 'functions/events/withdraw-tasks.ts',
    trigger: {
      type: 'queue',
      name: 'withdraw-tasks',
      // Only passages that ended while one of their tasks was waited for.
      pattern: {
        source: ['pergola'],
        'detail-type': ['journey.goal', 'journey.exited'],
        detail: { task: [{ exists: true }] },
      },
      batchSize: 10,
      maxReceive: 5,
    },
    tables: { tasks: 'rw' },
    timeoutSeconds: 30,
    memoryMb: 256,
  },
  'streams-publish-profiles': {
    entry: 'functions/streams/publish-profiles.ts',
    trigger: { type: 'stream', table: 'profiles', batchSize: 100, parallel: 4, windowSeconds: 1, onlyInserts: true },
    // History and the lists of who has which tag; which tags are kept elsewhere, too.
    tables: { profiles: 'rw', tags: 'rw' },
    bus: true,
    timeoutSeconds: 30,
    memoryMb: 256,
  },
  'streams-publish-enrolments': {
    entry: 'functions/streams/publish.ts',
    trigger: { type: 'stream', table: 'enrolments', batchSize: 100, parallel: 4, windowSeconds: 1 },
    tables: {},
    bus: true,
    timeoutSeconds: 30,
    memoryMb: 256,
  },
  'streams-publish-messages': {
    entry: 'functions/streams/publish.ts',
    trigger: { type: 'stream', table: 'messages', batchSize: 100, parallel: 4, windowSeconds: 1 },
    tables: {},
    bus: true,
    timeoutSeconds: 30,
    memoryMb: 256,
  },
  'streams-publish-tasks': {
    entry: 'functions/streams/publish.ts',
    trigger: { type: 'stream', table: 'tasks', batchSize: 100, windowSeconds: 1 },
    tables: {},
    bus: true,
    timeoutSeconds: 30,
    memoryMb: 256,
  },
  'streams-count': {
    entry: 'functions/streams/count.ts',
    trigger: { type: 'stream', table: 'enrolments', batchSize: 100, windowSeconds: 1 },
    tables: { metrics: 'rw' },
    timeoutSeconds: 30,
    memoryMb: 256,
  },
  'streams-count-segments': {
    entry: 'functions/streams/count-segments.ts',
    trigger: { type: 'stream', table: 'segments', batchSize: 100, windowSeconds: 1 },
    tables: { metrics: 'rw' },
    timeoutSeconds: 30,
    memoryMb: 256,
  },
  'timers-sweep': {
    entry: 'functions/timers/sweep.ts',
    trigger: { type: 'schedule', everySeconds: 60, dueTable: 'profiles', duePrefix: 'due#' },
    tables: { profiles: 'rw', tags: 'rw', segments: 'rw' },
    timeoutSeconds: 55,
    memoryMb: 512,
  },
  'timers-tasks': {
    entry: 'functions/timers/tasks.ts',
    trigger: { type: 'schedule', everySeconds: 60, dueTable: 'tasks' },
    tables: { tasks: 'rw' },
    timeoutSeconds: 55,
    memoryMb: 256,
  },
  'timers-begin': {
    entry: 'functions/timers/begin.ts',
    // Audiences are read from the lists.
    trigger: { type: 'schedule', everySeconds: 60, dueTable: 'profiles', duePrefix: 'clock#', afterStreams: true },
    tables: { profiles: 'rw', tags: 'r', journeys: 'r' },
    timeoutSeconds: 55,
    memoryMb: 512,
  },
  'timers-thresholds': {
    entry: 'functions/timers/thresholds.ts',
    trigger: { type: 'schedule', everySeconds: 3600 },
    tables: { profiles: 'r', tags: 'rw' },
    timeoutSeconds: 600,
    memoryMb: 512,
  },
  'timers-backfill': {
    entry: 'functions/timers/backfill.ts',
    trigger: {
      type: 'queue',
      name: 'backfill',
      pattern: { source: ['pergola'], 'detail-type': ['backfill.continue'] },
      batchSize: 1,
      maxReceive: 5,
    },
    tables: { profiles: 'rw', tags: 'rw', segments: 'rw' },
    bus: true,
    timeoutSeconds: 60,
    memoryMb: 1024,
  },
  'steps-decide': {
    entry: 'functions/steps/decide.ts',
    trigger: { type: 'step' },
    tables: { profiles: 'r', journeys: 'r', enrolments: 'rw' },
    timeoutSeconds: 20,
    memoryMb: 512,
  },
  'steps-perform': {
    entry: 'functions/steps/perform.ts',
    trigger: { type: 'step' },
    tables: { profiles: 'rw', tags: 'rw', segments: 'rw', journeys: 'r', enrolments: 'rw', messages: 'rw' },
    timeoutSeconds: 30,
    memoryMb: 512,
  },
  'steps-await': {
    entry: 'functions/steps/await.ts',
    trigger: { type: 'step' },
    tables: { profiles: 'r', journeys: 'r', enrolments: 'rw', tasks: 'rw' },
    states: ['SendTaskSuccess'],
    timeoutSeconds: 20,
    memoryMb: 512,
  },
  'http-api': {
    entry: 'functions/http/api.ts',
    trigger: { type: 'http', routes: ['/api/{proxy+}'], auth: 'jwt' },
    tables: {
      profiles: 'rw',
      tags: 'rw',
      segments: 'rw',
      journeys: 'rw',
      enrolments: 'rw',
      messages: 'r',
      tasks: 'rw',
      metrics: 'r',
    },
    bus: true,
    states: ['DescribeExecution', 'GetExecutionHistory', 'StopExecution', 'RedriveExecution'],
    timeoutSeconds: 29,
    memoryMb: 1024,
  },
  'http-publish': {
    entry: 'functions/http/publish.ts',
    trigger: {
      type: 'http',
      routes: ['/api/journeys/{id}/publish', '/api/journeys/{id}/rollback', '/api/packs/{id}/install'],
      auth: 'jwt',
    },
    tables: { journeys: 'rw', tags: 'rw', profiles: 'rw' },
    states: [
      'CreateStateMachine',
      'UpdateStateMachine',
      'PublishStateMachineVersion',
      'DescribeStateMachine',
      'TagResource',
    ],
    passRole: true,
    timeoutSeconds: 29,
    memoryMb: 1024,
  },
  'http-intake': {
    entry: 'functions/http/intake.ts',
    trigger: { type: 'http', routes: ['/v1/{proxy+}'], auth: 'writeKey' },
    tables: {},
    bus: true,
    timeoutSeconds: 15,
    memoryMb: 512,
  },
  'http-wecom': {
    entry: 'functions/http/wecom.ts',
    trigger: { type: 'http', routes: ['/callbacks/wecom'], auth: 'signature' },
    tables: {},
    bus: true,
    parameter: 'wecom',
    // WeCom waits five seconds.
    timeoutSeconds: 10,
    memoryMb: 512,
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof FUNCTIONS;

/** Lambda function names are `pergola-<FunctionName>`; state machines `pergola-jny-<journey id>`; the bus `pergola`. */
export const FUNCTION_PREFIX = 'pergola-';
export const STATE_MACHINE_PREFIX = 'pergola-jny-';
export const BUS_NAME = 'pergola';
export const STEP_ALIAS = 'live';
