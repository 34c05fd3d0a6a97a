import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useUnread } from '../../features/chat/unread';
import { usePhone } from '../../lib/media';
import type { Member } from '../../wire';
import { LiveRegion } from './LiveRegion';
import { Navigation } from './Navigation';
import { OfflineLine } from './OfflineLine';
import { QuickContext } from './quick';
import { isDetail } from './places';
import styles from './Frame.module.css';

const NewGroup = lazy(() => import('./NewGroup').then((file) => ({ default: file.NewGroup })));
const QuickSearch = lazy(() => import('./QuickSearch').then((file) => ({ default: file.QuickSearch })));

type Open = 'find' | readonly Member[]; // people: a new group with them

export function Frame() {
  const { t } = useTranslation();
  const phone = usePhone();
  const location = useLocation();
  const unread = useUnread();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const quick = useMemo(() => ({ find: () => setOpen('find'), group: (people: readonly Member[] = []) => setOpen(people) }), []);

  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? '99+' : unread}) Carillon` : 'Carillon';
  }, [unread]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && ['k', 'n'].includes(event.key.toLowerCase())) {
        event.preventDefault();
        setOpen('find');
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const navigation = <Navigation phone={phone} unread={unread} />;
  return (
    <QuickContext value={quick}>
      <LiveRegion />
      <a className={styles.skip} href="#main">
        {t('app.skip')}
      </a>
      <div className={styles.frame} data-phone={phone || undefined}>
        {!phone && navigation}
        <div className={styles.body}>
          <OfflineLine />
          <Outlet />
        </div>
        {phone && !isDetail(location) && navigation}
      </div>
      {open !== undefined && <Suspense fallback={null}>{open === 'find' ? <QuickSearch onClose={close} /> : <NewGroup people={open} onClose={close} />}</Suspense>}
    </QuickContext>
  );
}
