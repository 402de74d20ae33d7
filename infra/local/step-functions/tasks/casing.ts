/** Member names: definitions write `TaskToken` where this API has `taskToken`. Values under free keys stay as they are. */
import { isObject, type Json } from '../../../../shared/asl/index.ts';

function renamed(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [rename(key), renamed(member, rename)]));
}

export const camelCased = (value: Json): Json => renamed(value, (name) => name.charAt(0).toLowerCase() + name.slice(1));
export const pascalCased = (value: Json): Json =>
  renamed(value, (name) => name.charAt(0).toUpperCase() + name.slice(1));
