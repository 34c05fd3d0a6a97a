import { Copy, Pencil, Quote, Undo2, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../lib/announce';
import { Popup } from '../../ui/Popup';
import type { Entry, Reaction } from '../../wire';
import { useChat } from './context';
import { beginEdit, beginQuote } from './drafts';
import { usual } from './emoji';
import { isChangeable } from './useChanges';
import styles from './MessageMenu.module.css';

export type Part = 'react' | 'more' | 'all';

interface Props {
  conversation: string;
  message: Entry;
  reactions: readonly Reaction[];
  part: Part;
  anchor: DOMRect;
  onReact: (emoji: string, on: boolean) => void;
  onRecall: () => void;
  onClose: () => void;
}

export function MessageMenu({ conversation, message, reactions, part, anchor, onReact, onRecall, onClose }: Props) {
  const { t } = useTranslation();
  const { me } = useChat();
  const own = isChangeable(message, me);
  const copy = () => {
    navigator.clipboard.writeText(message.text).then(
      () => announce(t('chat.copied')),
      () => announce(t('chat.not_copied')),
    );
  };
  const item = (Icon: LucideIcon, label: string, act: () => void) => (
    <button
      type="button"
      className={styles.item}
      onClick={() => {
        onClose();
        act();
      }}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      {label}
    </button>
  );
  return (
    <Popup label={t('chat.message_menu')} anchor={anchor} onClose={onClose}>
      {part !== 'more' && (
        <div className={styles.emoji} role="group" aria-label={t('chat.react')}>
          {usual.map(([emoji, name]) => {
            const mine = reactions.some((one) => one.emoji === emoji && one.mine);
            return (
              <button
                key={emoji}
                type="button"
                aria-label={t(name)}
                title={t(name)}
                aria-pressed={mine}
                onClick={() => {
                  onClose();
                  onReact(emoji, !mine);
                }}
              >
                <span aria-hidden="true">{emoji}</span>
              </button>
            );
          })}
        </div>
      )}
      {part === 'all' && item(Quote, t('chat.quote'), () => beginQuote(conversation, message))}
      {part !== 'react' && isSecureContext && item(Copy, t('chat.copy'), copy)}
      {part !== 'react' && own && item(Pencil, t('chat.edit'), () => beginEdit(conversation, message))}
      {part !== 'react' && own && item(Undo2, t('chat.recall'), onRecall)}
    </Popup>
  );
}
