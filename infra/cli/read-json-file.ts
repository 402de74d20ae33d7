import { readFileSync } from 'node:fs';
import { deepPlace } from '../../shared/json-bounds.ts';
import { CommandError } from './command.ts';

/** What the API takes, too (functions/http/read.ts). */
const LEVELS = 60;

/** A file of JSON as it is read by every command. @throws CommandError where there is none, or it is no JSON */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as Error).message;
    throw new CommandError(
      {
        zh: `读不了 ${path}（${why}）。检查路径和权限。`,
        en: `${path} cannot be read: ${why}. Check the path and its permissions.`,
      },
      'file-unreadable',
      { cause },
    );
  }
  const json = parsed(path, text.replace(/^\ufeff/, ''));
  const deep = deepPlace(json, LEVELS);
  if (deep === undefined) return json;
  throw new CommandError(
    {
      zh: `${path}：「${deep}」套得太深（超过 ${LEVELS} 层）。检查这个文件是否正确。`,
      en: `${path}: “${deep}” has more than ${LEVELS} levels inside each other. Check that this is the right file.`,
    },
    'file-too-deep',
  );
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new CommandError(
      {
        zh: `${path} 不是 JSON（${why}）。检查括号、引号和逗号，文件须是 UTF-8。`,
        en: `${path} is no JSON: ${why}. Check brackets, quotes and commas; the file must be in UTF-8.`,
      },
      'file-not-json',
      { cause },
    );
  }
}
