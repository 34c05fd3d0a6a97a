import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { DirectoryList } from '../../features/directory/DirectoryList';
import { MemberCard } from '../../features/directory/MemberCard';
import { UnitMembers } from '../../features/directory/UnitMembers';
import { usePhone } from '../../lib/media';
import { useInside } from '../session';
import { Bar } from '../shell/Bar';
import { Panes } from '../shell/Panes';
import { useQuick } from '../shell/quick';
import { useStartChat } from '../startChat';

export function Component() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { me } = useInside();
  const phone = usePhone();
  const { start, problem } = useStartChat();
  const { group } = useQuick();
  const [search] = useSearchParams();
  const member = search.get('member');
  useEscape(pathname, member !== null);

  const card = member !== null && (
    <>
      <Bar up={pathname} closes>
        <h2>{t('chat.profile')}</h2>
      </Bar>
      <MemberCard id={member} self={member === me.member} onMessage={start} onGroup={(person) => group([person])} problem={problem} />
    </>
  );
  return <Panes list={<DirectoryList />} main={!phone && <UnitMembers onGroup={group} />} drawer={card} />;
}

function useEscape(up: string, open: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) void navigate(up, { replace: true });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, open, up]);
}
