import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import styles from './Me.module.css';

// The pages of the settings under their common head.
export function SettingsPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className={styles.page} aria-labelledby="settings">
      <h1 id="settings" className={styles.heading}>
        {t('me.settings')}
      </h1>
      <nav className={styles.tabs} aria-label={t('me.settings')}>
        <NavLink to="/me/settings">{t('me.general')}</NavLink>
        <NavLink to="/me/privacy">{t('me.privacy')}</NavLink>
      </nav>
      {children}
    </section>
  );
}
