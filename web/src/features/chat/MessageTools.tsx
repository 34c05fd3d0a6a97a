import { Ellipsis, Quote, SmilePlus } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton';
import type { Part } from './MessageMenu';
import styles from './MessageTools.module.css';

interface Props {
  own: boolean;
  onMenu: (part: Part, anchor: DOMRect) => void;
  onQuote: () => void;
}

// What one does to a message, beside it while the pointer or the focus is there.
export function MessageTools({ own, onMenu, onQuote }: Props) {
  const { t } = useTranslation();
  const menu = (part: Part) => (event: MouseEvent) => onMenu(part, event.currentTarget.getBoundingClientRect());
  return (
    <div className={`${styles.tools ?? ''} ${own ? (styles.own ?? '') : ''}`} role="group" aria-label={t('chat.message_menu')}>
      <IconButton icon={SmilePlus} label={t('chat.react')} aria-haspopup="dialog" onClick={menu('react')} />
      <IconButton icon={Quote} label={t('chat.quote')} onClick={onQuote} />
      <IconButton icon={Ellipsis} label={t('chat.more')} aria-haspopup="dialog" onClick={menu('more')} />
    </div>
  );
}
