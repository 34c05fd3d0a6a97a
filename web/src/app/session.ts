// Who is here. Everything else that the client knows about people comes from the server and goes with the session.
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { whoAmI } from '../features/identity/queries';
import { Refusal, watchRefusals } from '../lib/http';
import { socket } from '../lib/socket';
import { allow, endVisit, forgetEverything, recall, remember } from '../lib/store';
import type { Me } from '../wire';

export type Session =
  | { at: 'asking' }
  | { at: 'unreachable' }
  | { at: 'policy' } // nothing accepted yet on this device
  | { at: 'declined' }
  | { at: 'outside' }
  | { at: 'inside'; me: Me };

const pause = 2000;

export class SessionKeeper {
  private readonly client: QueryClient;
  private readonly watchers = new Set<() => void>();
  current: Session = { at: 'asking' };

  constructor(client: QueryClient) {
    this.client = client;
    watchRefusals((refusal) => this.refused(refusal));
    // A closed connection does not say why; asking who is here tells a lost network from an ended session.
    socket.onLoss(() => {
      whoAmI().catch(() => undefined); // a refusal is heard by refused(), and no network is no news
    });
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  async begin(): Promise<void> {
    if (recall('policy') === undefined) this.move({ at: 'policy' });
    else if (recall('signedIn') !== true) this.move({ at: 'outside' });
    else await this.resume();
  }

  private async resume(): Promise<void> {
    try {
      this.enter(await whoAmI());
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) {
        this.leave();
        return;
      }
      this.move({ at: 'unreachable' });
      setTimeout(() => void this.resume(), pause);
    }
  }

  accepted(policy: string): void {
    allow(policy);
    if (this.current.at === 'inside') this.enter({ ...this.current.me, policy_accepted: true });
    else this.move({ at: 'outside' });
  }

  async declined(): Promise<void> {
    this.clear();
    forgetEverything();
    await forgetShell();
    this.move({ at: 'declined' });
  }

  // The policy has changed, or somebody who declined looks at it once more.
  readAgain(): void {
    this.client.removeQueries({ queryKey: ['consent'] });
    remember('policy', undefined);
    this.move({ at: 'policy' });
  }

  enter(me: Me): void {
    remember('signedIn', true);
    this.move({ at: 'inside', me });
    if (me.policy_accepted) socket.start();
  }

  leave(): void {
    this.clear();
    remember('signedIn', undefined);
    this.move({ at: 'outside' });
  }

  private refused(refusal: Refusal): void {
    if (this.current.at !== 'inside') return;
    if (refusal.status === 401) this.leave();
    if (refusal.status === 428 && this.current.me.policy_accepted) {
      socket.stop();
      this.move({ at: 'inside', me: { ...this.current.me, policy_accepted: false } });
    }
  }

  private clear(): void {
    socket.stop();
    this.client.clear();
    endVisit();
  }

  private move(session: Session): void {
    this.current = session;
    for (const watcher of this.watchers) watcher();
  }
}

interface Inside {
  me: Me;
  leave: () => void;
}

// For everything that is shown only to somebody who is signed in.
export const InsideContext = createContext<Inside | undefined>(undefined);

export function useInside(): Inside {
  const inside = useContext(InsideContext);
  if (!inside) throw new Error('useInside is used by somebody who is signed in');
  return inside;
}

export function useSession(keeper: SessionKeeper): Session {
  return useSyncExternalStore(keeper.watch, () => keeper.current);
}

async function forgetShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((worker) => worker.unregister()));
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}
