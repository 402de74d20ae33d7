import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startWords } from './i18n/index.ts';
import './theme/base.css';
import './theme/parts.css';
import { paint, useTheme } from './theme/theme.ts';

startWords();
paint(useTheme.getState().name);
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
