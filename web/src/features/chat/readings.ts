// How far one has read, told to the server in small intervals and never lost to a bad moment.
import type { Refusal } from '../../lib/http';

type Send = (conversation: string, number: number) => Promise<unknown>;

const interval = 300;
const afterFailure = 5000;

export class Readings {
  private readonly send: Send;
  private readonly pending = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: Send) {
    this.send = send;
  }

  report(conversation: string, number: number): void {
    this.pending.set(conversation, Math.max(number, this.pending.get(conversation) ?? 0));
    this.schedule(interval);
  }

  private schedule(pause: number): void {
    this.timer ??= setTimeout(() => this.flush(), pause);
  }

  private flush(): void {
    this.timer = undefined;
    const due = [...this.pending];
    this.pending.clear();
    for (const [conversation, number] of due) void this.tell(conversation, number);
  }

  private async tell(conversation: string, number: number): Promise<void> {
    try {
      await this.send(conversation, number);
    } catch (error) {
      if (!(error as Partial<Refusal>).passing) return;
      this.pending.set(conversation, Math.max(number, this.pending.get(conversation) ?? 0));
      this.schedule(afterFailure);
    }
  }
}
