import { createApp } from './app.ts';
import { serve } from './serve.ts';
import { wecom } from './wecom-routes.ts';

const app = createApp();
app.route('/', wecom);

/** What WeCom (企业微信) calls when something happens to a customer. */
export const handler = serve(app);
