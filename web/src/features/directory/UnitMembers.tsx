import { Button } from 'antd';
import { Users, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { VirtualList } from '../../ui/VirtualList';
import type { Member } from '../../wire';
import { useMembers } from './queries';
import { MemberRow } from './rows';
import { usePlace } from './usePlace';
import styles from './Directory.module.css';

// The main pane on a wide screen: who works in this unit.
export function UnitMembers({ onGroup }: { onGroup: (people: readonly Member[]) => void }) {
  const { t } = useTranslation();
  const place = usePlace();
  const { data: members, hasNextPage } = useMembers(place.id);
  if (place.id === undefined) return <Empty icon={Users} title={t('directory.choose')} />;
  return (
    <div className={styles.pane}>
      <header className={styles.head}>
        <h2>{place.unit?.name ?? t('common.loading')}</h2>
        {place.unit && <small>{place.unit.children > 0 ? t('directory.people_below', { count: place.unit.members }) : t('directory.people', { count: place.unit.members })}</small>}
        {members !== undefined && members.length > 1 && !hasNextPage && (
          <Button className={styles.group ?? ''} icon={<UsersRound size={16} aria-hidden="true" />} onClick={() => onGroup(members)}>
            {t('directory.group_of_unit')}
          </Button>
        )}
      </header>
      <Members unit={place.id} />
    </div>
  );
}

function Members({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const place = usePlace();
  const members = useMembers(unit);
  if (members.error) return <Problem text={explain(members.error)} action={t('common.retry')} onAction={() => void members.refetch()} />;
  if (!members.data) return <Skeleton label={t('common.loading')} />;
  if (members.data.length === 0) return <Empty icon={Users} title={t('directory.empty_unit')} />;
  return (
    <VirtualList
      key={unit}
      label={t('directory.members')}
      items={members.data}
      height={60}
      keyOf={(member) => member.id}
      onEnd={() => {
        if (members.hasNextPage && !members.isFetching) void members.fetchNextPage();
      }}
      render={(member) => <MemberRow member={member} to={place.memberLink(member.id)} current={member.id === place.member} />}
    />
  );
}
