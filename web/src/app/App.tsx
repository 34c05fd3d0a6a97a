import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { ChatProvider } from '../features/chat/ChatProvider';
import { recall } from '../lib/store';
import type { Me } from '../wire';
import { Skeleton } from '../ui/Skeleton';
import { Door } from './Door';
import { makeRouter } from './router';
import { InsideContext, useSession, type SessionKeeper } from './session';
import { keepShell } from './worker';

const Entrance = lazy(() => import('./Entrance').then((file) => ({ default: file.Entrance })));

// First the policy, then the sign-in, then the house.
export function App({ session: keeper }: { session: SessionKeeper }) {
  const { t } = useTranslation();
  const session = useSession(keeper);

  useEffect(() => {
    if (recall('policy') !== undefined) keepShell();
  }, [session]);

  if (session.at === 'asking') return null;
  if (session.at === 'inside' && session.me.policy_accepted) return <House key={session.me.member} me={session.me} keeper={keeper} />;
  return (
    <Suspense
      fallback={
        <Door>
          <Skeleton rows={3} label={t('common.loading')} />
        </Door>
      }
    >
      <Entrance session={session} keeper={keeper} />
    </Suspense>
  );
}

function House({ me, keeper }: { me: Me; keeper: SessionKeeper }) {
  const router = useMemo(() => makeRouter(), []);
  const inside = useMemo(() => ({ me, leave: () => keeper.leave() }), [me, keeper]);
  return (
    <InsideContext value={inside}>
      <ChatProvider me={me.member}>
        <RouterProvider router={router} />
      </ChatProvider>
    </InsideContext>
  );
}
