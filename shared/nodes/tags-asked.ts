/** `user.tags contains 'VIP'`, as variants of a text ask for it, inside `{% … %}`. */
const ASKED = /\buser\.tags\s+contains\s+(?:"([^"]+)"|'([^']+)')/g;

/** The tags that a template asks for by name; those that it computes are not found. */
export const tagsAsked = (templates: readonly string[]): readonly string[] =>
  templates.flatMap((template) =>
    [...template.matchAll(/\{%(.*?)%\}/gs)].flatMap(([, code = '']) =>
      [...code.matchAll(ASKED)].map(([, double, single]) => (double ?? single)!),
    ),
  );
