/** The starter packs: one folder and one line each. */
import type { Pack } from './pack.ts';
import { privateDomain } from './private-domain/index.ts';
import { saasShortLink } from './saas-short-link/index.ts';

export { PACK_LANGUAGE, type Pack } from './pack.ts';

export const PACKS: readonly Pack[] = [privateDomain, saasShortLink];

export const pack = (id: string): Pack | undefined => PACKS.find((p) => p.id === id);
