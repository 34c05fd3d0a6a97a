import { WifiOff } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { socket } from '../../lib/socket';
import styles from './OfflineLine.module.css';

const patience = 2000;

// The browser knows at once that the network is gone; the connection finds out later.
function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

// A short interruption is nobody's concern; a longer one is said quietly.
export function OfflineLine() {
  const { t } = useTranslation();
  const connected = useSyncExternalStore(socket.onStatus, () => socket.status === 'open');
  const open = useOnline() && connected;
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (open) return;
    const timer = setTimeout(() => setLong(true), patience);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [open]);
  return (
    <div role="status">
      {!open && long && (
        <p className={styles.line}>
          <WifiOff size={14} aria-hidden="true" />
          {t('app.offline')}
        </p>
      )}
    </div>
  );
}
