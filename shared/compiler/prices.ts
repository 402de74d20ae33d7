/** List prices of us-east-1 in US dollars, without free tier or discount. Figures, not law: check before quoting them. */

/** Standard workflows, per state transition. */
export const PER_TRANSITION = 25 / 1e6;
/** A step handler: one request, 512 MB of arm64 for 100 ms. */
export const PER_CALL = 0.2 / 1e6 + 0.5 * 0.1 * 0.0000133334;
