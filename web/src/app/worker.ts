// The shell is kept on the device only after the policy was accepted.
export function keepShell(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    void navigator.serviceWorker.register('/worker.js').catch(() => undefined); // without it everything works but offline
  }
}
