import { createApp } from './app.ts';
import { intake } from './intake-routes.ts';
import { serve } from './serve.ts';

const app = createApp();
app.route('/', intake);

/** Segment's HTTP API: what Segment and RudderStack libraries speak. */
export const handler = serve(app);
