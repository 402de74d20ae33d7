import type { Language } from '../../shared/words.ts';

/**
 * Loads the private-domain pack where there is no ruleset yet, through the same API that the Console uses. A stack whose
 * functions have no such route (tests with functions of their own) is left as it is.
 *
 * @param language of the pack's journeys
 */
export async function installPack(
  consoleUrl: string,
  language: Language | undefined,
  say: (line: string) => void,
  warn: (line: string) => void,
): Promise<void> {
  const current = await fetch(`${consoleUrl}/api/ruleset`);
  const text = await current.text();
  if (current.status === 404 && !isAbsent(text)) return;
  if (current.ok && (JSON.parse(text) as { version?: number }).version) return;
  if (!current.ok && current.status !== 404)
    return warn(`the ruleset cannot be read (${current.status}): ${text.slice(0, 200)}`);
  const installed = await fetch(`${consoleUrl}/api/packs/private-domain/install`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ language }),
  });
  if (installed.status === 404) return;
  if (!installed.ok)
    return warn(
      `the private-domain pack could not be installed (${installed.status}): ${(await installed.text()).slice(0, 300)}`,
    );
  say('The private-domain pack (tags, segments, journeys) is installed.');
}

/** A 404 of the API itself ("no ruleset"), and not of a stack without such a route. */
function isAbsent(text: string): boolean {
  try {
    return (JSON.parse(text) as { error?: { code?: string } }).error?.code !== 'no-such-route';
  } catch {
    return false;
  }
}
