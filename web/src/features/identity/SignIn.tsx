import { Button, Input } from 'antd';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../lib/http';
import { explain } from '../../lib/i18n';
import type { Me } from '../../wire';
import { useSignIn } from './queries';
import styles from './SignIn.module.css';

interface Props {
  policy: string;
  onSignedIn: (me: Me) => void;
  onPolicyChanged: () => void;
  footer: ReactNode;
}

export function SignIn({ policy, onSignedIn, onPolicyChanged, footer }: Props) {
  const { t, i18n } = useTranslation();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const signIn = useSignIn();
  const ids = { login: useId(), password: useId(), problem: useId() };
  const problem = missing ? t('identity.both_needed') : signIn.error ? explain(signIn.error) : undefined;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setMissing(login.trim() === '' || password === '');
    if (login.trim() === '' || password === '') return;
    signIn.mutate(
      { login: login.trim(), password, policy, language: i18n.language },
      {
        onSuccess: ({ me }) => onSignedIn(me),
        onError: (error) => {
          if (error instanceof Refusal && error.status === 428) onPolicyChanged();
        },
      },
    );
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <img src="/favicon.svg" alt="" width="56" height="56" />
      <h1>{t('identity.welcome')}</h1>
      <div className={styles.field}>
        <label htmlFor={ids.login}>{t('identity.login')}</label>
        <Input
          id={ids.login}
          size="large"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
          aria-describedby={ids.problem}
        />
      </div>
      <div className={styles.field}>
        <label htmlFor={ids.password}>{t('identity.password')}</label>
        <Input
          id={ids.password}
          size="large"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          status={problem ? 'error' : ''}
          aria-invalid={problem !== undefined}
          aria-describedby={ids.problem}
        />
        <p id={ids.problem} className={styles.problem} role="alert">
          {problem}
        </p>
      </div>
      <Button type="primary" size="large" htmlType="submit" block disabled={signIn.isPending}>
        {signIn.isPending ? t('identity.signing_in') : t('identity.sign_in')}
      </Button>
      <div className={styles.footer}>{footer}</div>
    </form>
  );
}
