import { Fragment, type ReactNode } from 'react';

const address = /(https?:\/\/[^\s<>"'，。；、！？）】》]+[^\s<>"'，。；、！？）】》.,;:!?)])/g;

// Web addresses become links; everything else stays the text that was written.
export function linked(text: string): ReactNode {
  return text.split(address).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noopener noreferrer">
        {part}
      </a>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
