import { useSyncExternalStore } from 'react';
import { announcements } from '../../lib/announce';

export function LiveRegion() {
  const said = useSyncExternalStore(announcements.watch, announcements.latest);
  return (
    <div className="unseen" role="log" aria-live="polite">
      {said}
    </div>
  );
}
