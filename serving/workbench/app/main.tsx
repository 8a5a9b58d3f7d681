import { createRoot } from 'react-dom/client';
import { withoutEval } from '../api/without-eval.ts';
import { App } from './app.tsx';
import { takeKey } from './take-key.ts';

withoutEval();
takeKey();
const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<App />);
