import { createApp } from './app.ts';
import { publishing } from './publish-routes.ts';
import { allow, signedIn } from './roles.ts';
import { serve } from './serve.ts';

const app = createApp();
app.use('/api/*', signedIn, allow('publisher'));
app.route('/', publishing);

/** Everything that needs the permission to create state machines; nothing else has it. */
export const handler = serve(app);
