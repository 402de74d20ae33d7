/**
 * The event with names that contain dots taken apart: `{"a.b": 1}` and `{"a": {"b": 1}}` are the same to AWS. Gives the
 * very same value where no name has a dot, which is nearly always.
 */
export function nestDots(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const nested = nestDots(value[i]);
      if (nested !== value[i]) {
        copy ??= [...(value as unknown[])];
        copy[i] = nested;
      }
    }
    return copy ?? value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, inside] of Object.entries(value)) {
    const nested = nestDots(inside);
    if (nested === inside && !name.includes('.')) continue;
    copy ??= { ...(value as Record<string, unknown>) };
    if (!name.includes('.')) {
      copy[name] = nested;
      continue;
    }
    delete copy[name];
    const [first, ...rest] = name.split('.') as [string, ...string[]];
    const spread = rest.reduceRight<unknown>((below, step) => ({ [step]: below }), nested);
    copy[first] = Object.hasOwn(copy, first) ? both(copy[first], spread) : spread;
  }
  return copy ?? value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function both(a: unknown, b: unknown): unknown {
  if (!isObject(a) || !isObject(b)) return [a, b];
  const merged = { ...a };
  for (const [name, value] of Object.entries(b))
    merged[name] = Object.hasOwn(merged, name) ? both(merged[name], value) : value;
  return merged;
}
