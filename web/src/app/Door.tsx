import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { speak, type Language } from '../lib/i18n';
import styles from './Door.module.css';

// The page around everything that is shown before somebody is inside.
export function Door({ back, children }: { back?: ReactNode; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.door}>
      <header className={styles.head}>
        {back ?? (
          <span className={styles.brand}>
            <img src="/favicon.svg" alt="" width="28" height="28" />
            Carillon
          </span>
        )}
        <Segmented<Language>
          aria-label={t('me.language')}
          name="door-language"
          value={i18n.language as Language}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => void speak(value)}
        />
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  );
}
