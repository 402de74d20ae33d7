/**
 * What the answer of an AWS operation looks like, from the AWS SDK's own clients: each carries its service's model. Only
 * services whose client is installed are known (`@aws-sdk/client-…`); others are not checked.
 *
 * The schemas in the clients do not say which values a text may take; their type declarations do. Neither say how long
 * texts and how large numbers may be; a file made of botocore's models does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bounds, Shape } from '../../../../shared/asl/index.ts';

/** As the SDK has them: `[kind, namespace, name, traits, …]`, a number for a simple type, or a function that gives one. */
type Schema = number | string | readonly unknown[] | Late;
type Late = () => Schema;
type Client = Readonly<Record<string, unknown>>;

/** What is known of a member's values beside its schema. */
interface Facts {
  readonly values?: readonly string[];
  readonly bounds?: Bounds;
}

const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const LIST_OF = 64;
const MAP_OF = 128;
const TEXTS = new Set([0, 4, 5, 6, 7, 21, 42]);
const NUMBERS = new Set([1, 17, 19]);

const models = new Map<string, Promise<ServiceModel | undefined>>();

/** The shape of an operation's answer; undefined where there is no client, or the client has no such operation. */
export async function answerShape(service: string, operation: string): Promise<Shape | undefined> {
  return (await modelOf(service))?.answerOf(operation);
}

/** Whether a service's model has an error of this name; undefined where there is no client. */
export async function modelsError(service: string, code: string): Promise<boolean | undefined> {
  return (await modelOf(service))?.hasError(code);
}

function modelOf(service: string): Promise<ServiceModel | undefined> {
  let model = models.get(service);
  if (!model) {
    model = load(service);
    models.set(service, model);
  }
  return model;
}

/** Definitions write names of services without the signs that packages have: `cloudwatchlogs`, `client-cloudwatch-logs`. */
async function load(service: string): Promise<ServiceModel | undefined> {
  const scope = dirname(dirname(fileURLToPath(import.meta.resolve('@aws-sdk/client-sfn/package.json'))));
  const wanted = service.toLowerCase().replaceAll('-', '');
  const name = readdirSync(scope).find((entry) => entry.replaceAll('-', '') === `client${wanted}`);
  if (!name) return undefined;
  const client = (await import(`@aws-sdk/${name}`)) as Client;
  const { ANSWER_BOUNDS } = await import('./answer-bounds.generated.ts');
  return new ServiceModel(
    client,
    join(scope, name, 'dist-types', 'models'),
    ANSWER_BOUNDS[name.slice('client-'.length)],
  );
}

class ServiceModel {
  private readonly client: Client;
  private readonly declarations: string;
  private readonly bounds: Readonly<Record<string, Bounds>>;

  constructor(client: Client, declarations: string, bounds: Readonly<Record<string, Bounds>> = {}) {
    this.client = client;
    this.bounds = bounds;
    this.declarations = readdirSync(declarations)
      .filter((file) => file.startsWith('models_'))
      .map((file) => readFileSync(join(declarations, file), 'utf8'))
      .join('\n');
  }

  hasError(code: string): boolean {
    return typeof this.client[code] === 'function';
  }

  answerOf(operation: string): Shape | undefined {
    const schema = this.client[`${operation}$`];
    return Array.isArray(schema) ? this.shapeOf(schema[5] as Schema) : undefined;
  }

  private shapeOf(given: Schema, facts: Facts = {}): Shape {
    const schema = typeof given === 'function' ? (given() as Exclude<Schema, Late>) : given;
    if (typeof schema === 'number') return this.simple(schema, facts);
    // A unit: nothing is answered.
    if (typeof schema === 'string') return { kind: 'structure', members: new Map(), required: [] };
    // A member's schema stands beside its traits.
    if (schema.length === 2) return this.shapeOf(schema[0] as Schema, facts);
    const [kind, , name, , ...rest] = schema as [number, string, string, unknown, ...unknown[]];
    if (kind === LIST) return { kind: 'list', of: () => this.shapeOf(rest[0] as Schema, facts) };
    if (kind === MAP) return { kind: 'map', of: () => this.shapeOf(rest[1] as Schema, facts) };
    if (kind === STRUCTURE || kind === UNION) return this.structure(name, rest);
    return this.shapeOf(rest[0] as Schema, facts);
  }

  private simple(schema: number, facts: Facts = {}): Shape {
    if (schema >= MAP_OF) return { kind: 'map', of: () => this.simple(schema - MAP_OF, facts) };
    if (schema >= LIST_OF) return { kind: 'list', of: () => this.simple(schema - LIST_OF, facts) };
    if (TEXTS.has(schema)) return { kind: 'string', ...facts };
    if (NUMBERS.has(schema)) return { kind: 'number', ...(facts.bounds && { bounds: facts.bounds }) };
    return schema === 2 ? { kind: 'boolean' } : { kind: 'any' };
  }

  private structure(name: string, [names, schemas, required]: unknown[]): Shape {
    const members = (names as string[]).map((member, i) => {
      const shape = () => this.shapeOf((schemas as Schema[])[i] as Schema, this.factsOf(name, member));
      return [asInDefinitions(member), shape] as const;
    });
    const needed = members.slice(0, (required as number | undefined) ?? 0).map(([member]) => member);
    return { kind: 'structure', members: new Map(members), required: needed };
  }

  private factsOf(structure: string, member: string): Facts {
    const values = this.valuesOf(structure, member);
    const bounds = this.bounds[`${structure}.${member}`];
    return { ...(values && { values }), ...(bounds && { bounds }) };
  }

  /** The values that a member may take, where its declared type is one of the client's enumerations. */
  private valuesOf(structure: string, member: string): readonly string[] | undefined {
    const body = new RegExp(`export interface ${structure}(?: extends [^{]+)? \\{([\\s\\S]*?)\\n\\}`).exec(
      this.declarations,
    )?.[1];
    const type = new RegExp(`\\n {4}${member}\\??: (\\w+)`).exec(body ?? '')?.[1];
    const values = type === undefined ? undefined : this.client[type];
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return undefined;
    const texts = Object.values(values).filter((value) => typeof value === 'string');
    return texts.length > 0 ? texts : undefined;
  }
}

/** Tasks see members with a capital first letter, whatever the service's API writes. */
function asInDefinitions(member: string): string {
  return member.charAt(0).toUpperCase() + member.slice(1);
}
