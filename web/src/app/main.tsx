import '../ui/tokens.css';
import '../ui/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Refusal } from '../lib/http';
import { startWords } from '../lib/i18n';
import { socket } from '../lib/socket';
import { App } from './App';
import { SessionKeeper } from './session';
import { Theme } from './Theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 2 && error instanceof Refusal && error.passing,
      refetchOnWindowFocus: false,
    },
    // Without a network a decision fails at once and says so; it is never carried out behind anybody's back later.
    mutations: { networkMode: 'always' },
  },
});
const session = new SessionKeeper(client);

window.addEventListener('online', () => socket.hurry());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') socket.hurry();
});
// After an update the old page may ask for a script that is gone: the new page has what it needs.
window.addEventListener('vite:preloadError', () => {
  if (navigator.onLine && performance.now() > 10_000) location.reload();
});

await Promise.all([startWords(), session.begin()]);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Theme>
        <App session={session} />
      </Theme>
    </QueryClientProvider>
  </StrictMode>,
);
