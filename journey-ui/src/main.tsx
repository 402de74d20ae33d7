import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startWords } from './i18n/index.ts';
import { startSession } from './sign-in/session.ts';
import './theme/base.css';
import './theme/parts.css';
import { paint, useTheme } from './theme/theme.ts';

startWords();
paint(useTheme.getState().name);
const root = document.getElementById('root');
// Without a sign-in to make (or while leaving for one) there is nothing to draw.
if (root && (await startSession())) createRoot(root).render(<App />);
