import { Check, SendHorizontal, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedia } from '../../lib/media';
import { explain } from '../../lib/i18n';
import { IconButton } from '../../ui/IconButton';
import { useNameOf } from './Bubble';
import { finish, keepDraft, settle, useDraft, type About } from './drafts';
import styles from './Composer.module.css';

const longest = 10_000;

interface Props {
  conversation: string;
  onSend: (text: string, quote?: number) => void;
  onEdit: (number: number, text: string) => Promise<void>;
  onEditLast: () => void;
}

export function Composer({ conversation, onSend, onEdit, onEditLast }: Props) {
  const { t } = useTranslation();
  const { text, about, asked } = useDraft(conversation);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const touch = useMedia('(pointer: coarse)');
  const editing = about?.kind === 'edit';

  // The field grows with what is written, up to the height that the style allows.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || (touch && asked === undefined)) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
    setProblem(undefined);
  }, [touch, asked]);

  const over = text.trim().length - longest;
  const save = async (number: number, message: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onEdit(number, message);
      settle(conversation);
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const send = () => {
    const message = text.trim();
    if (message === '' || over > 0 || busy) return;
    if (editing) return void save(about.message.number, message);
    onSend(message, about?.message.number);
    finish(conversation);
    field.current?.focus();
  };
  // Enter also ends the composition of Chinese words; only after that does it send. On touch it is a new line.
  const onKeyDown = (event: KeyboardEvent) => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari tells of a composition in no other way
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === 'Escape' && about && !composing) {
      event.stopPropagation(); // it puts nothing else away
      settle(conversation);
    }
    if (event.key === 'ArrowUp' && text === '' && !about && !event.altKey) {
      event.preventDefault();
      onEditLast();
    }
    if (event.key !== 'Enter' || event.shiftKey || touch || composing) return;
    event.preventDefault();
    send();
  };

  const action = t(editing ? 'chat.save' : 'chat.send');
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.box}>
        {about && <AboutLine about={about} onEnd={() => settle(conversation)} />}
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t('chat.compose')}
          placeholder={t('chat.compose')}
          aria-describedby={[about && 'composer-about', over > 0 && 'composer-limit'].filter(Boolean).join(' ') || undefined}
          onChange={(event) => keepDraft(conversation, event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" aria-label={action} title={action} disabled={text.trim() === '' || over > 0 || busy}>
          {editing ? <Check size={20} strokeWidth={1.75} aria-hidden="true" /> : <SendHorizontal size={20} strokeWidth={1.75} aria-hidden="true" />}
        </button>
      </div>
      {problem !== undefined && (
        <p className={styles.limit} role="alert">
          {problem}
        </p>
      )}
      {over > 0 && (
        <p id="composer-limit" className={styles.limit} role="alert">
          {t('chat.too_long', { count: over })}
        </p>
      )}
    </form>
  );
}

// Which message is being edited or answered.
function AboutLine({ about: { kind, message }, onEnd }: { about: About; onEnd: () => void }) {
  const { t } = useTranslation();
  const name = useNameOf(message.author);
  return (
    <div className={styles.about}>
      <span id="composer-about">{kind === 'edit' ? t('chat.editing') : t('chat.says', { name, text: message.text })}</span>
      <IconButton icon={X} label={t(kind === 'edit' ? 'chat.stop_editing' : 'chat.stop_quoting')} onClick={onEnd} />
    </div>
  );
}
