import { SendHorizontal } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedia } from '../../lib/media';
import { draftOf, keepDraft } from './drafts';
import styles from './Composer.module.css';

const longest = 10_000;

interface Props {
  conversation: string;
  onSend: (text: string) => void;
}

export function Composer({ conversation, onSend }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => draftOf(conversation));
  const field = useRef<HTMLTextAreaElement>(null);
  const touch = useMedia('(pointer: coarse)');

  // The field grows with what is written, up to the height that the style allows.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  useLayoutEffect(() => {
    if (!touch) field.current?.focus();
  }, [touch]);

  const write = (value: string) => {
    setText(value);
    keepDraft(conversation, value);
  };
  const send = () => {
    const message = text.trim();
    if (message === '' || message.length > longest) return;
    onSend(message);
    write('');
    field.current?.focus();
  };
  // Enter also ends the composition of Chinese words; only after that does it send. On touch it is a new line.
  const onKeyDown = (event: KeyboardEvent) => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari tells of a composition in no other way
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || touch || composing) return;
    event.preventDefault();
    send();
  };

  const over = text.trim().length - longest;
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.box}>
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t('chat.compose')}
          placeholder={t('chat.compose')}
          aria-describedby={over > 0 ? 'composer-limit' : undefined}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" aria-label={t('chat.send')} title={t('chat.send')} disabled={text.trim() === '' || over > 0}>
          <SendHorizontal size={20} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
      {over > 0 && (
        <p id="composer-limit" className={styles.limit} role="alert">
          {t('chat.too_long', { count: over })}
        </p>
      )}
    </form>
  );
}
