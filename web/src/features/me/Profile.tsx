import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Avatar } from '../../ui/Avatar';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import type { Me } from '../../wire';
import { useMyself } from './queries';
import styles from './Me.module.css';

export function Profile({ roles }: { roles: Me['roles'] }) {
  const { t } = useTranslation();
  const myself = useMyself();
  if (myself.error) return <Problem text={explain(myself.error)} action={t('common.retry')} onAction={() => void myself.refetch()} />;
  if (!myself.data) return <Skeleton rows={2} label={t('common.loading')} />;
  const { member, org } = myself.data;
  const facts = [
    [t('me.organisation'), org.name],
    [t('directory.unit'), member.unit_name],
    [t('me.title'), member.title],
    [t('me.roles'), roles.map((role) => t(`me.${role}`)).join(' · ')],
  ].filter(([, value]) => value !== '');
  return (
    <section className={styles.page} aria-labelledby="profile">
      <div className={styles.person}>
        <Avatar id={member.id} name={member.name} size={72} />
        <div>
          <h1 id="profile">{member.name}</h1>
          <p>{member.title}</p>
        </div>
      </div>
      <dl className={styles.card}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
