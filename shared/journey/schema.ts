/**
 * The journey document: a plain JSON file that can be kept, compared and exchanged. This file knows the frame only;
 * parse.ts checks each node's config by its kind, so that this file (and the kinds that import it) need no registry.
 */
import { z } from 'zod';
import { DURATION } from '../duration.ts';
import { type Condition, conditionSchema } from '../rules/index.ts';
import { STAGES, type Stage } from '../stages.ts';
import { type Exclusion, exclusionSchema } from './exclusion.ts';
import { prioritySchema } from './priority.ts';
import { type Reentry, reentrySchema } from './reentry.ts';
import { type Trigger, triggerSchema } from './triggers/index.ts';

export type { Trigger } from './triggers/index.ts';

export interface EntryRules {
  readonly reentry: Reentry;
  /** Only customers for whom this holds at the moment of entry. */
  readonly audience?: Condition;
  /** And none of these (S87). */
  readonly exclude?: Exclusion;
  /** An event older than this (ISO 8601 duration) starts nothing: late data must not send late welcomes. */
  readonly maxEventAge?: string;
  /** Id of a family of segments: of the journeys that name it, she is in one at a time (S53). */
  readonly family?: string;
}

/** A goal or an exit of the whole journey: whenever it happens, the enrolment ends. */
export interface EndRule {
  readonly id: string;
  readonly name: string;
  readonly on: Trigger;
}

export interface JourneyNode {
  readonly id: string;
  readonly kind: string;
  readonly kindVersion: number;
  readonly title?: string;
  /** Belongs to the kind; its schema is the kind's. */
  readonly config: unknown;
  readonly stage: Stage;
  readonly position: { readonly x: number; readonly y: number };
}

export interface Edge {
  readonly id: string;
  readonly from: { readonly node: string; readonly outlet: string };
  readonly to: string;
}

export interface Journey {
  readonly schema: 1;
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** The stage that the journey as a whole serves. */
  readonly stage?: Stage;
  /** IANA zone for customers whose own is unknown; without it the tenant's. */
  readonly zone?: string;
  /** Absent: normal. Of two that want the same place under a cap, the more important has it (S24). */
  readonly priority?: 'high' | 'low';
  readonly entry: EntryRules;
  readonly goals: readonly EndRule[];
  readonly exits: readonly EndRule[];
  readonly nodes: readonly JourneyNode[];
  readonly edges: readonly Edge[];
}

/** Ids go into state names, execution names and keys: letters, digits, - and _. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);
/** ISO 8601, of weeks, days, hours, minutes and seconds; months and years have no fixed length and are not taken. */
export const durationSchema = z.string().regex(DURATION);

const endRuleSchema = z.strictObject({ id: idSchema, name: z.string().min(1).max(80), on: triggerSchema });

const nodeSchema = z.strictObject({
  id: idSchema,
  kind: z.string().min(1).max(60),
  kindVersion: z.int().positive(),
  title: z.string().max(200).optional(),
  config: z.unknown(),
  stage: z.enum(STAGES),
  position: z.strictObject({ x: z.number(), y: z.number() }),
});

const edgeSchema = z.strictObject({
  id: idSchema,
  from: z.strictObject({ node: idSchema, outlet: z.string().min(1).max(60) }),
  to: idSchema,
});

/** The frame of the document; node configs are checked by `parseJourney`. */
export const documentSchema = z.strictObject({
  schema: z.literal(1),
  id: idSchema,
  name: z.string().min(1).max(80),
  description: z.string().max(2000).optional(),
  stage: z.enum(STAGES).optional(),
  zone: z.string().min(1).optional(),
  priority: prioritySchema.optional(),
  entry: z.strictObject({
    reentry: reentrySchema,
    audience: conditionSchema.optional(),
    exclude: exclusionSchema.optional(),
    maxEventAge: durationSchema.optional(),
    family: z.string().min(1).max(40).optional(),
  }),
  goals: z.array(endRuleSchema).max(20),
  exits: z.array(endRuleSchema).max(20),
  nodes: z.array(nodeSchema).max(2000),
  edges: z.array(edgeSchema).max(5000),
});
