import { XMLParser } from 'fast-xml-parser';

/** Values stay texts; what lies deeper becomes objects and lists. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: true,
});

/**
 * The members of WeCom's `<xml>…</xml>`; undefined for anything else. No document type, so no entities that expand or
 * reach outside.
 */
export function readXml(text: string): Record<string, unknown> | undefined {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return undefined;
  let document: unknown;
  try {
    document = parser.parse(text, true);
  } catch {
    return undefined;
  }
  const { xml } = document as { xml?: unknown };
  return typeof xml === 'object' && xml !== null && !Array.isArray(xml) ? (xml as Record<string, unknown>) : undefined;
}
