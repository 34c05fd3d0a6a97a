import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { languages, speak, type Language } from '../../lib/i18n';
import { remember, useRemembered, type Remembered } from '../../lib/store';
import styles from './Me.module.css';

const languageNames: Record<Language, string> = { 'zh-CN': '简体中文', en: 'English' };

interface Props {
  problem: string | undefined;
  onSignOut: () => void;
}

// What is decided on this device, and the way out.
export function Settings({ problem, onSignOut }: Props) {
  const { t, i18n } = useTranslation();
  const theme = useRemembered('theme') ?? 'system';
  return (
    <>
      <div className={styles.card}>
        <div>
          <span id="language">{t('me.language')}</span>
          <Segmented<Language>
            aria-labelledby="language"
            name="language"
            value={i18n.language as Language}
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
            onChange={(value) => void speak(value)}
          />
        </div>
        <div>
          <span id="theme">{t('me.theme')}</span>
          <Segmented<Remembered['theme']>
            aria-labelledby="theme"
            name="theme"
            value={theme}
            options={[
              { value: 'system', label: t('me.theme_system') },
              { value: 'light', label: t('me.theme_light') },
              { value: 'dark', label: t('me.theme_dark') },
            ]}
            onChange={(value) => remember('theme', value)}
          />
        </div>
      </div>
      <div className={styles.card}>
        <div>
          <span>{t('consent.policy')}</span>
          <Link className={styles.link ?? ''} to="/me/policy">
            {t('consent.read_again')}
          </Link>
        </div>
        <div>
          <span>{t('me.this_device')}</span>
          <Button onClick={onSignOut}>{t('me.sign_out')}</Button>
        </div>
      </div>
      <p className={styles.problem} role="alert">
        {problem}
      </p>
      <Keys />
    </>
  );
}

function Keys() {
  const { t } = useTranslation();
  return (
    <div className={styles.keys}>
      <h2>{t('me.shortcuts')}</h2>
      <dl className={styles.card}>
        {shortcuts.map(([keys, word]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const shortcuts = [
  ['Ctrl K', 'me.key_search'],
  ['Alt ↑ / ↓', 'me.key_next'],
  ['Enter', 'me.key_send'],
  ['Shift Enter', 'me.key_line'],
  ['↑', 'me.key_edit'],
  ['Esc', 'me.key_close'],
] as const;
