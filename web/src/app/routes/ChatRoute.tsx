import { Info, MessagesSquare, Search, UsersRound } from 'lucide-react';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { ConversationList } from '../../features/chat/ConversationList';
import { ConversationPage } from '../../features/chat/ConversationPage';
import { GroupInfo } from '../../features/chat/GroupInfo';
import { useNeighbour } from '../../features/chat/neighbours';
import { useConversation } from '../../features/chat/queries';
import { useTitle } from '../../features/chat/useTitle';
import { MemberCard } from '../../features/directory/MemberCard';
import { Empty } from '../../ui/Empty';
import { IconButton } from '../../ui/IconButton';
import type { Conversation } from '../../wire';
import { useInside } from '../session';
import { Bar } from '../shell/Bar';
import { Panes } from '../shell/Panes';
import { useQuick } from '../shell/quick';
import { useStartChat } from '../startChat';
import styles from './ChatRoute.module.css';

export function Component() {
  const { t } = useTranslation();
  const { conversation } = useParams();
  const [search] = useSearchParams();
  const { find, group } = useQuick();
  useChatKeys();

  const profile = search.get('profile');
  const drawer = conversation !== undefined && (profile !== null ? <Profile chat={conversation} member={profile} /> : search.has('info') && <Group chat={conversation} />);
  const list = (
    <section className={styles.list} aria-label={t('nav.chat')}>
      <header className={styles.head}>
        <h1 className="unseen">{t('nav.chat')}</h1>
        <button type="button" className={styles.find} onClick={find}>
          <Search size={16} aria-hidden="true" />
          <span>{t('directory.find')}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <IconButton icon={UsersRound} label={t('chat.new_group')} onClick={() => group()} />
      </header>
      <ConversationList
        current={conversation}
        start={
          <Button type="primary" onClick={find}>
            {t('chat.find_somebody')}
          </Button>
        }
      />
    </section>
  );
  const main =
    conversation === undefined ? (
      <Empty icon={MessagesSquare} title={t('chat.choose')} />
    ) : (
      <ConversationPage id={conversation} header={(shown) => <ChatBar conversation={shown} />} />
    );
  return <Panes list={list} main={main} drawer={drawer} />;
}

function ChatBar({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const title = useTitle(conversation, true);
  const { id, kind, peer } = conversation;
  const label = t(kind === 'group' ? 'chat.group_info' : 'chat.profile');
  const more = (kind === 'group' || peer != null) && (
    <Link className={styles.info} to={`/chat/${id}?${kind === 'group' ? 'info' : `profile=${peer}`}`} aria-label={label} title={label}>
      <Info size={20} strokeWidth={1.75} aria-hidden="true" />
    </Link>
  );
  return (
    <Bar up="/chat" tools={more}>
      <h2>{title.name}</h2>
      <small className={styles.about}>{title.about}</small>
    </Bar>
  );
}

function Group({ chat }: { chat: string }) {
  const { t } = useTranslation();
  const conversation = useConversation(chat).data;
  return (
    <>
      <Bar up={`/chat/${chat}`} closes>
        <h2>{t('chat.group_info')}</h2>
      </Bar>
      {conversation && <GroupInfo id={chat} name={conversation.name ?? ''} profileLink={(member) => `/chat/${chat}?profile=${member}`} />}
    </>
  );
}

function Profile({ chat, member }: { chat: string; member: string }) {
  const { t } = useTranslation();
  const { me } = useInside();
  const { group } = useQuick();
  const { start, problem } = useStartChat();
  const conversation = useConversation(chat).data;
  const here = conversation?.peer === member;
  return (
    <>
      <Bar up={conversation?.kind === 'group' ? `/chat/${chat}?info` : `/chat/${chat}`} closes>
        <h2>{t('chat.profile')}</h2>
      </Bar>
      <MemberCard id={member} self={member === me.member} {...(!here && { onMessage: start, problem })} onGroup={(person) => group([person])} />
    </>
  );
}

// Alt and the arrows walk through the chats; Esc puts the profile away.
function useChatKeys(): void {
  const navigate = useNavigate();
  const neighbour = useNeighbour();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      // Keys can come faster than pages are drawn, so the address says where we are.
      const current = location.pathname.split('/')[2];
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
      const next = event.altKey && step !== undefined ? neighbour(current, step) : undefined;
      if (next !== undefined) {
        event.preventDefault();
        void navigate(`/chat/${next}`);
      }
      if (event.key === 'Escape' && !event.isComposing && current !== undefined && location.search !== '') {
        void navigate(`/chat/${current}`, { replace: true });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, neighbour]);
}
