import { createBrowserRouter, redirect } from 'react-router';
import { Broken } from './shell/Broken';
import { Frame } from './shell/Frame';

// Each room's page is a script of its own, fetched when it is first opened.
export function makeRouter() {
  return createBrowserRouter([
    {
      path: '/',
      Component: Frame,
      ErrorBoundary: Broken,
      HydrateFallback: () => null,
      children: [
        { index: true, loader: () => redirect('/chat'), element: null },
        { path: 'chat/:conversation?', lazy: () => import('./routes/ChatRoute') },
        { path: 'directory/:unit?', lazy: () => import('./routes/DirectoryRoute') },
        { path: 'me/:page?', lazy: () => import('./routes/MeRoute') },
        { path: '*', loader: () => redirect('/chat') },
      ],
    },
  ]);
}
