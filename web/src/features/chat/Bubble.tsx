import { useTranslation } from 'react-i18next';
import { usePerson } from '../../lib/people';
import { clock } from '../../lib/time';
import type { Entry, Reaction } from '../../wire';
import { useChat } from './context';
import { linked } from './links';
import type { Line } from './rows';
import styles from './Bubble.module.css';

interface Props {
  line: Line;
  speaker: string | undefined; // said to those who do not see whose it is
  onJump: ((number: number) => void) | undefined;
}

export function Bubble({ line, speaker, onJump }: Props) {
  const { t, i18n } = useTranslation();
  const classes = [styles.bubble, line.own ? styles.own : '', line.begins ? styles.begins : ''].join(' ');
  return (
    <div className={classes} title={clock(line.at, i18n.language)}>
      {speaker !== undefined && <span className="unseen">{speaker}: </span>}
      {line.quoted && <Quoted message={line.quoted} onJump={onJump} />}
      <span>{linked(line.text)}</span>
      {line.message?.state === 'edited' && <small className={styles.edited}>{t('chat.edited')}</small>}
    </div>
  );
}

export function useNameOf(author: string | null | undefined): string {
  const { t } = useTranslation();
  const { me } = useChat();
  const person = usePerson(author === me ? undefined : author);
  if (author === me) return t('chat.you');
  return author === null ? t('common.former_member') : (person?.name ?? '');
}

function Quoted({ message, onJump }: { message: Entry; onJump: ((number: number) => void) | undefined }) {
  const { t } = useTranslation();
  const name = useNameOf(message.author);
  const text = message.state === 'recalled' ? t('chat.quoted_recalled') : t('chat.says', { name, text: message.text });
  if (!onJump) return <span className={styles.quote}>{text}</span>;
  return (
    <button type="button" className={styles.quote} title={t('chat.to_quoted')} onClick={() => onJump(message.number)}>
      {text}
    </button>
  );
}

export function Reactions({ reactions, onReact }: { reactions: readonly Reaction[]; onReact: (emoji: string, on: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.reactions} role="group" aria-label={t('chat.reactions')}>
      {reactions.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={mine}
          aria-label={`${emoji} ${t(mine ? 'chat.reacted_with_you' : 'chat.reacted', { count })}`}
          onClick={() => onReact(emoji, !mine)}
        >
          <span aria-hidden="true">
            {emoji} {count}
          </span>
        </button>
      ))}
    </div>
  );
}
