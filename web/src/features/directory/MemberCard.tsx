import { Button } from 'antd';
import { MessageSquareText, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '../../lib/i18n';
import { Avatar } from '../../ui/Avatar';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import type { Member } from '../../wire';
import { useMember } from './queries';
import styles from './MemberCard.module.css';

interface Props {
  id: string;
  self: boolean;
  onMessage?: (member: string) => void;
  onGroup: (person: Member) => void;
  problem?: string | undefined;
}

export function MemberCard({ id, self, onMessage, onGroup, problem }: Props) {
  const { t } = useTranslation();
  const member = useMember(id);
  if (member.error) return <Problem text={explain(member.error)} action={t('common.retry')} onAction={() => void member.refetch()} />;
  if (!member.data) return <Skeleton rows={2} label={t('common.loading')} />;
  const { name, title, unit, unit_name } = member.data;
  return (
    <article className={styles.card} aria-label={name}>
      <Avatar id={id} name={name} size={72} />
      <h2>{name}</h2>
      <p>{title}</p>
      {self ? (
        <p>{t('directory.yourself')}</p>
      ) : (
        <div className={styles.deeds}>
          {onMessage && (
            <Button type="primary" icon={<MessageSquareText size={18} aria-hidden="true" />} onClick={() => onMessage(id)}>
              {t('directory.message')}
            </Button>
          )}
          <Button icon={<UsersRound size={18} aria-hidden="true" />} onClick={() => onGroup(member.data)}>
            {t('directory.start_group')}
          </Button>
        </div>
      )}
      <p className={styles.problem} role="alert">
        {problem}
      </p>
      <dl>
        <div>
          <dt>{t('directory.unit')}</dt>
          <dd>
            <Link to={`/directory/${unit}`}>{unit_name}</Link>
          </dd>
        </div>
        {title !== '' && (
          <div>
            <dt>{t('me.title')}</dt>
            <dd>{title}</dd>
          </div>
        )}
      </dl>
    </article>
  );
}
