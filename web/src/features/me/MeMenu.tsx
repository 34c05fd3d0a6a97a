import { ChevronRight, FileText, LogOut, Settings, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Avatar } from '../../ui/Avatar';
import { useMyself } from './queries';
import styles from './Me.module.css';

export function MeMenu({ problem, onSignOut }: { problem: string | undefined; onSignOut: () => void }) {
  const { t } = useTranslation();
  const myself = useMyself().data;
  return (
    <div className={styles.menu}>
      <h1>{t('nav.me')}</h1>
      <NavLink to="/me/profile" className={styles.self ?? ''}>
        <Avatar id={myself?.member.id ?? ''} name={myself?.member.name ?? ''} size={48} />
        <span>
          <strong>{myself?.member.name ?? t('me.profile')}</strong>
          <small>{myself?.org.name}</small>
        </span>
        <ChevronRight size={16} aria-hidden="true" />
      </NavLink>
      <NavLink to="/me/settings">
        <Settings size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('me.settings')}</span>
        <ChevronRight size={16} aria-hidden="true" />
      </NavLink>
      <NavLink to="/me/privacy">
        <ShieldCheck size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('consent.centre')}</span>
        <ChevronRight size={16} aria-hidden="true" />
      </NavLink>
      <NavLink to="/me/policy">
        <FileText size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('consent.policy')}</span>
        <ChevronRight size={16} aria-hidden="true" />
      </NavLink>
      <button type="button" onClick={onSignOut}>
        <LogOut size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('me.sign_out')}</span>
      </button>
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    </div>
  );
}
