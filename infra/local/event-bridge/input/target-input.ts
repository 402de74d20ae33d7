import { at, parsePath } from './json-path.ts';
import { fillTemplate, isJsonTemplate, type Variable, variablesIn } from './template.ts';

/** What a target may be given instead of the whole event. */
export interface InputChoice {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

/** What AWS's own variables say. */
export interface About {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** When the bus took the event, in ms. */
  readonly takenAt: number;
}

const OWN: Readonly<Record<string, (event: Readonly<Record<string, unknown>>, about: About) => Variable>> = {
  'aws.events.rule-arn': (_, { ruleArn }) => ({ value: ruleArn }),
  'aws.events.rule-name': (_, { ruleName }) => ({ value: ruleName }),
  'aws.events.event.ingestion-time': (_, { takenAt }) => ({ value: new Date(takenAt).toISOString() }),
  'aws.events.event': (event) => ({ value: withoutDetail(event), alwaysJson: true }),
  'aws.events.event.json': (event) => ({ value: event, alwaysJson: true }),
};

/** As AWS gives it: without the detail, and with the detail type under another name. */
function withoutDetail(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { detail: _, 'detail-type': detailType, ...rest } = event;
  return { ...rest, detailType };
}

/** The text for the target; `text` is the event as it was put. */
export function targetInput(
  choice: InputChoice,
  event: Readonly<Record<string, unknown>>,
  text: string,
  about: About,
): string {
  const { Input, InputPath, InputTransformer } = choice;
  if (Input !== undefined) return Input;
  if (InputTransformer) {
    const { InputPathsMap = {}, InputTemplate } = InputTransformer;
    return fillTemplate(InputTemplate, (name) => {
      const own = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
      if (own) return own(event, about);
      const path = Object.hasOwn(InputPathsMap, name) ? parsePath(InputPathsMap[name] as string) : undefined;
      return path && { value: at(event, path) };
    });
  }
  if (InputPath === undefined || InputPath === '$') return text;
  return JSON.stringify(at(event, parsePath(InputPath) ?? []) ?? null);
}

/** What AWS says to an input that it refuses, or undefined. `id` is the target's. */
export function inputRefusal(choice: InputChoice, id: string): string | undefined {
  const { Input, InputPath, InputTransformer } = choice;
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1)
    return `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`;
  if (Input !== undefined && !isJson(Input)) return `JSON syntax error in input for target ${id}.`;
  if (InputPath !== undefined && !parsePath(InputPath)) return `Invalid InputPath for target ${id}.`;
  return InputTransformer && transformerRefusal(InputTransformer, id);
}

function transformerRefusal(
  { InputPathsMap = {}, InputTemplate }: NonNullable<InputChoice['InputTransformer']>,
  id: string,
): string | undefined {
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (/^aws/i.test(name)) return `InputPathsMap for target ${id} contains reserved key ${name}.`;
    if (!parsePath(path)) return `Invalid InputPathsMap for target ${id}: ${path} is not a JSON path.`;
  }
  const unknown = variablesIn(InputTemplate).find(
    (name) => !Object.hasOwn(InputPathsMap, name) && !Object.hasOwn(OWN, name),
  );
  if (unknown) return `InputTemplate for target ${id} contains invalid placeholder ${unknown}.`;
  const sample = fillTemplate(InputTemplate, () => ({ value: 1 }));
  return isJsonTemplate(InputTemplate) && !isJson(sample) ? `Invalid InputTemplate for target ${id}.` : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
