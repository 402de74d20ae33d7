import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ApiError } from './errors.ts';

/** Who may do what; each may also do what those before it may. The names are those of the sign-in groups. */
export const ROLES = ['viewer', 'staff', 'marketer', 'publisher', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  readonly id: string;
  readonly role: Role | undefined;
  /** Groups of the sign-in besides the roles: teams that tasks may be given to. */
  readonly teams: readonly string[];
}

export type Env = {
  Bindings: { event: { requestContext?: { authorizer?: { jwt?: { claims?: Record<string, unknown> } } } } };
  Variables: { person: Person };
};

/**
 * Reads who is asking from the claims of the JWT authorizer (which has checked them). HTTP APIs hand lists over as text,
 * `[admin viewer]`.
 */
export const signedIn: MiddlewareHandler<Env> = createMiddleware<Env>(async (context, next) => {
  const claims = context.env?.event?.requestContext?.authorizer?.jwt?.claims;
  if (claims === undefined) throw new ApiError(401, NOT_SIGNED_IN);
  const groups: string[] = String(claims['cognito:groups'] ?? '').match(/[\w-]+/g) ?? [];
  const role = ROLES.findLast((one) => groups.includes(one));
  const teams = groups.filter((one) => !(ROLES as readonly string[]).includes(one));
  context.set('person', {
    id: String(claims['email'] ?? claims['username'] ?? claims['sub'] ?? 'unknown'),
    role,
    teams,
  });
  await next();
});

/** Whether who is asking has this role or a higher one. */
export function mayAs(role: Role, { role: has }: Person): boolean {
  return has !== undefined && ROLES.indexOf(has) >= ROLES.indexOf(role);
}

/** Personal data is for those who speak to customers; who only looks on sees it masked (S98). */
export const seesPersonal = (person: Person): boolean => mayAs('staff', person);

/** Lets in whoever has this role or a higher one. */
export const allow = (role: Role): MiddlewareHandler<Env> =>
  createMiddleware<Env>(async (context, next) => {
    if (!mayAs(role, context.get('person'))) throw forbidden(role);
    await next();
  });

const NOT_SIGNED_IN = {
  code: 'not-signed-in',
  message: { zh: '请先登录。', en: 'Sign in first.' },
  next: { zh: '重新打开控制台并登录。', en: 'Open the Console again and sign in.' },
};

const forbidden = (role: Role): ApiError =>
  new ApiError(403, {
    code: 'forbidden',
    message: { zh: `这个操作需要「${role}」权限。`, en: `This needs the role “${role}”.` },
    next: { zh: '请管理员把你加入相应的组。', en: 'Ask an administrator to add you to that group.' },
  });
