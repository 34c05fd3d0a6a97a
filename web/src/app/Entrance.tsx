import { Button } from 'antd';
import { CloudOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Declined } from '../features/consent/Declined';
import { PolicyPage } from '../features/consent/PolicyPage';
import { PolicyReading } from '../features/consent/PolicyReading';
import { useAccept, useRefuse } from '../features/consent/queries';
import { SignIn } from '../features/identity/SignIn';
import { language } from '../lib/i18n';
import { recall } from '../lib/store';
import { Empty } from '../ui/Empty';
import { Door } from './Door';
import type { Session, SessionKeeper } from './session';

interface Props {
  session: Session;
  keeper: SessionKeeper;
}

// Everything that comes before the house.
export function Entrance({ session, keeper }: Props) {
  const { t } = useTranslation();
  switch (session.at) {
    case 'asking':
      return null;
    case 'unreachable':
      return (
        <Door>
          <Empty icon={CloudOff} title={t('app.unreachable')} />
        </Door>
      );
    case 'declined':
      return (
        <Door>
          <Declined onReturn={() => keeper.readAgain()} />
        </Door>
      );
    case 'outside':
      return <SigningIn keeper={keeper} />;
    case 'policy':
    case 'inside':
      return <Deciding keeper={keeper} signedIn={session.at === 'inside'} />;
  }
}

function Deciding({ keeper, signedIn }: { keeper: SessionKeeper; signedIn: boolean }) {
  const accept = useAccept();
  const refuse = useRefuse();
  return (
    <Door>
      <PolicyPage
        onAccept={async (hash) => {
          if (signedIn) await accept.mutateAsync({ policy: hash, language: language() });
          keeper.accepted(hash);
        }}
        onDecline={async () => {
          if (signedIn) await refuse.mutateAsync();
          await keeper.declined();
        }}
      />
    </Door>
  );
}

function SigningIn({ keeper }: { keeper: SessionKeeper }) {
  const { t } = useTranslation();
  const [reading, setReading] = useState(false);
  if (reading) {
    return (
      <Door back={<Button onClick={() => setReading(false)}>{t('common.back')}</Button>}>
        <PolicyReading />
      </Door>
    );
  }
  return (
    <Door>
      <SignIn
        policy={recall('policy') ?? ''}
        onSignedIn={(me) => keeper.enter(me)}
        onPolicyChanged={() => keeper.readAgain()}
        footer={
          <Button type="link" size="small" onClick={() => setReading(true)}>
            {t('consent.policy')}
          </Button>
        }
      />
    </Door>
  );
}
