import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { usePerson } from '../../lib/people';
import { Avatar } from '../../ui/Avatar';
import { Badge } from '../../ui/Badge';
import { useInside } from '../session';
import { own, privacy, rooms, settings, type Place } from './places';
import styles from './Navigation.module.css';

export function Navigation({ phone, unread }: { phone: boolean; unread: number }) {
  const { t } = useTranslation();
  const { me } = useInside();
  const name = usePerson(me.member)?.name ?? '';
  if (phone) {
    return (
      <nav className={styles.tabs} aria-label={t('nav.main')}>
        {[...rooms, own].map((place) => (
          <Item key={place.to} place={place} count={place.to === '/chat' ? unread : 0} />
        ))}
      </nav>
    );
  }
  return (
    <nav className={styles.rail} aria-label={t('nav.main')}>
      <NavLink to="/me/profile" className={styles.self ?? ''} title={name} aria-label={t('nav.profile_of', { name })}>
        <Avatar id={me.member} name={name} size={36} />
      </NavLink>
      {rooms.map((place) => (
        <Item key={place.to} place={place} count={place.to === '/chat' ? unread : 0} />
      ))}
      <span className={styles.space} />
      <Item place={privacy} count={0} />
      <Item place={settings} count={0} />
    </nav>
  );
}

function Item({ place: { to, word, icon: Icon }, count }: { place: Place; count: number }) {
  const { t } = useTranslation();
  return (
    <NavLink to={to} className={styles.item ?? ''}>
      <span className={styles.icon}>
        <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
        <span className={styles.badge}>
          <Badge count={count} label={t('chat.unread', { count })} />
        </span>
      </span>
      <span className={styles.word}>{t(word)}</span>
    </NavLink>
  );
}
