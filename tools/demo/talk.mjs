// Chats between two people: pieces of text said in turns, spread over the working hours of the last year.
import { weighted } from './random.mjs';

const day = 86_400_000;
const minute = 60_000;
const shanghai = 8 * 60 * minute;

// The last midnight of Asia/Shanghai before `now`, in UTC milliseconds.
export function midnight(now) {
  return Math.floor((now + shanghai) / day) * day - shanghai;
}

const source = weighted([['poems', 45], ['essays', 15], ['sayings', 25], ['english', 25]]);

// Times of `count` messages, ascending, the last within the three days before `end`: sessions of a few messages in office hours.
function times(count, end, random) {
  const sessions = Math.max(1, Math.ceil(count / random.between(6, 18)));
  const days = [random.between(1, 3)];
  while (days.length < sessions) days.push(random.between(1, 364));
  days.sort((a, b) => b - a);
  const result = [];
  days.forEach((back, i) => {
    const share = Math.floor((count * (i + 1)) / sessions) - Math.floor((count * i) / sessions);
    let at = end - back * day + 8.5 * 60 * minute + random.below(8 * 60) * minute;
    for (let n = 0; n < share; ++n) {
      at += random.between(3_000, 1.5 * minute);
      result.push(at);
    }
  });
  // Two sessions may fall on one day; their messages then interleave, in order of time.
  return result.sort((a, b) => a - b);
}

function* lines(texts, random) {
  for (;;) {
    const piece = random.pick(texts[source(random)]);
    const together = random.chance(0.5);
    let first = true;
    for (const line of piece) {
      const text = line.trim();
      if (!text) continue;
      yield { text, turn: first || !together };
      first = false;
    }
  }
}

// {a, b, messages: [{from, at, text}]}
export function chat(a, b, count, end, texts, random) {
  const said = lines(texts, random);
  let from = random.chance(0.5) ? a : b;
  const messages = times(count, end, random).map((at) => {
    const { text, turn } = said.next().value;
    if (turn) from = from === a ? b : a;
    return { from, at, text };
  });
  return { a, b, messages };
}

// Who talks to whom, and how much: the guests with each other and with fourteen colleagues each, the others in pairs.
export function pairs(members, count, random) {
  const [first, second] = members;
  const taken = new Set();
  const result = [];
  const add = (a, b, messages) => {
    const name = [a, b].sort().join(' ');
    if (a === b || taken.has(name)) return;
    taken.add(name);
    result.push({ a, b, messages });
  };
  const someone = () => members[2 + random.below(members.length - 2)].key;
  const length = () => (random.chance(0.1) ? random.between(120, 300) : random.between(3, 90));

  add(first.key, second.key, 820);
  for (const guest of [first, second]) {
    const wanted = result.length + 14;
    const near = members.filter((m) => m !== first && m !== second && m.unit === guest.unit).map((m) => m.key);
    for (const colleague of near.slice(0, 6)) add(guest.key, colleague, length());
    while (result.length < wanted - 2) add(guest.key, someone(), length());
    while (result.length < wanted) add(guest.key, someone(), random.between(520, 700));
  }
  while (result.length < count) add(someone(), someone(), result.length % 60 === 0 ? random.between(520, 640) : length());
  return result;
}
