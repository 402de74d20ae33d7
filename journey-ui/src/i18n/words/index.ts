import { canvas } from './canvas.ts';
import { caps } from './caps.ts';
import { clock } from './clock.ts';
import { common } from './common.ts';
import { customers } from './customers.ts';
import { drawer, problems } from './drawer.ts';
import { edit } from './edit.ts';
import { conflict, editor, keys } from './editor.ts';
import { executions } from './executions.ts';
import { fault } from './fault.ts';
import { form } from './form.ts';
import { health } from './health.ts';
import { imports } from './imports.ts';
import { inbox } from './inbox.ts';
import { inspector, preview, settings } from './inspector.ts';
import { journeys } from './journeys.ts';
import { live } from './live.ts';
import { palette } from './palette.ts';
import { personas } from './personas.ts';
import { publish } from './publish.ts';
import { rules } from './rules.ts';
import { reason, run } from './run.ts';
import { segments } from './segments.ts';
import { signIn } from './sign-in.ts';
import { start } from './start.ts';
import { tags } from './tags.ts';
import { tasks } from './tasks.ts';
import { wecom } from './wecom.ts';
import { zone } from './zone.ts';

const AREAS = {
  canvas,
  caps,
  clock,
  conflict,
  customers,
  drawer,
  editor,
  executions,
  fault,
  edit,
  form,
  health,
  imports,
  inbox,
  inspector,
  journeys,
  keys,
  live,
  palette,
  preview,
  personas,
  problems,
  publish,
  reason,
  run,
  rules,
  segments,
  settings,
  signIn,
  start,
  tags,
  tasks,
  zone,
  wecom,
};

const inLanguage = (language: 'zh' | 'en') => ({
  ...common[language],
  ...Object.fromEntries(Object.entries(AREAS).map(([name, words]) => [name, words[language]])),
});

/** All words of the console, by language. */
export const RESOURCES = { zh: inLanguage('zh'), en: inLanguage('en') };
