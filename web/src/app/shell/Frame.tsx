import { lazy, Suspense, useEffect, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useUnread } from '../../features/chat/unread';
import { usePhone } from '../../lib/media';
import { LiveRegion } from './LiveRegion';
import { Navigation } from './Navigation';
import { OfflineLine } from './OfflineLine';
import { QuickSearchContext } from './quick';
import { isDetail } from './places';
import styles from './Frame.module.css';

const QuickSearch = lazy(() => import('./QuickSearch').then((file) => ({ default: file.QuickSearch })));

export function Frame() {
  const { t } = useTranslation();
  const phone = usePhone();
  const location = useLocation();
  const unread = useUnread();
  const [searching, setSearching] = useState(false);

  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? '99+' : unread}) Carillon` : 'Carillon';
  }, [unread]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && ['k', 'n'].includes(event.key.toLowerCase())) {
        event.preventDefault();
        setSearching(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const navigation = <Navigation phone={phone} unread={unread} />;
  return (
    <QuickSearchContext value={() => setSearching(true)}>
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
      {searching && (
        <Suspense fallback={null}>
          <QuickSearch onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </QuickSearchContext>
  );
}
