import { createApp } from './app.ts';
import { backfills } from './backfills.ts';
import { caps } from './caps.ts';
import { comparison } from './comparison.ts';
import { customers } from './customers.ts';
import { executions } from './executions.ts';
import { exports_ } from './exports.ts';
import { imports } from './imports/index.ts';
import { inbox } from './inbox.ts';
import { journeyVersions } from './journey-versions.ts';
import { journeys } from './journeys.ts';
import { lint } from './lint.ts';
import { packs } from './packs/list.ts';
import { personas } from './personas.ts';
import { preview } from './preview.ts';
import { allow, signedIn } from './roles.ts';
import { rulesDraft } from './rules-draft.ts';
import { segments } from './segments/index.ts';
import { separation } from './separation.ts';
import { serve } from './serve.ts';
import { tags } from './tags.ts';
import { tasks } from './tasks.ts';
import { weComTags } from './wecom-tags.ts';

const app = createApp();
app.use('/api/*', signedIn, allow('viewer'));
const RESOURCES = [
  journeyVersions,
  preview,
  comparison,
  journeys,
  executions,
  customers,
  separation,
  tags,
  segments,
  rulesDraft,
  backfills,
  caps,
  inbox,
  tasks,
  lint,
  packs,
  personas,
  exports_,
  imports,
  weComTags,
];
for (const resource of RESOURCES) app.route('/', resource);

/** What the Console speaks with. */
export const handler = serve(app);
