import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '../../lib/i18n';
import { usePerson } from '../../lib/people';
import { Avatar } from '../../ui/Avatar';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { VirtualList } from '../../ui/VirtualList';
import { useChat } from './context';
import { useParticipants } from './queries';
import styles from './GroupInfo.module.css';

// Who is in a group; each leads to their profile.
export function GroupInfo({ id, name, profileLink }: { id: string; name: string; profileLink: (member: string) => string }) {
  const { t } = useTranslation();
  const people = useParticipants(id);
  if (people.error) return <Problem text={explain(people.error)} action={t('common.retry')} onAction={() => void people.refetch()} />;
  if (!people.data) return <Skeleton label={t('common.loading')} />;
  return (
    <div className={styles.info}>
      <div className={styles.group}>
        <Avatar id={id} name={name} size={56} group />
        <h3>{name}</h3>
      </div>
      <p className={styles.count}>{t('chat.members', { count: people.data.count })}</p>
      <VirtualList
        label={t('chat.group_members')}
        items={people.data.members}
        height={56}
        keyOf={(member) => member}
        onEnd={() => {
          if (people.hasNextPage && !people.isFetching) void people.fetchNextPage();
        }}
        render={(member) => <Person id={member} to={profileLink(member)} />}
      />
    </div>
  );
}

function Person({ id, to }: { id: string; to: string }) {
  const { t } = useTranslation();
  const { me } = useChat();
  const person = usePerson(id);
  const name = person === null ? t('common.former_member') : (person?.name ?? '');
  return (
    <Link className={styles.person} to={to}>
      <Avatar id={id} name={name} size={36} />
      <span>
        <strong>{id === me ? t('chat.name_and_you', { name }) : name}</strong>
        <small>{[person?.title, person?.unit_name].filter(Boolean).join(' · ')}</small>
      </span>
    </Link>
  );
}
