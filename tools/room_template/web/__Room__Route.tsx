import { __Room__Page } from '../../features/__room__/__Room__Page';

export function Component() {
  return (
    <main id="main" tabIndex={-1}>
      <__Room__Page />
    </main>
  );
}
