/** What people call it and what the app sends, so that either finds it. */
export const bothNames = (said: string, sent: string): string => (said === sent ? sent : `${said} · ${sent}`);
