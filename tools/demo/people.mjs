// The staff: leaders first, then further people where units are largest, until the wished number is reached.
import { person } from './names.mjs';
import { weighted } from './random.mjs';

// The two people who can sign in to the demo, in the same bureau of the first institution that has one.
const guests = [
  { name: '张伟', login: 'zhangwei', title: '处长', administrator: true },
  { name: '王芳', login: 'wangfang', title: '二级主任科员' },
];

export class Logins {
  #taken = new Map(guests.map((guest) => [guest.login, 1]));

  // zhangwei, zhangwei2, zhangwei3 ...
  next(pinyin) {
    const count = (this.#taken.get(pinyin) ?? 0) + 1;
    this.#taken.set(pinyin, count);
    return count === 1 ? pinyin : pinyin + count;
  }
}

// `places` is what units() yielded. Yields members: {key, name, login, title, unit, order}; the guests have accounts.
export function* members(places, count, random) {
  const logins = new Logins();
  const orders = new Map();
  let made = 0;
  const seat = (who, unit) => {
    const order = (orders.get(unit) ?? 0) + 1;
    orders.set(unit, order);
    return { key: `m${++made}`, ...who, unit, order };
  };
  const someone = (title, unit) => {
    const { name, pinyin } = person(random);
    return seat({ name, login: logins.next(pinyin), title }, unit);
  };

  const home = places.findLast((place) => place.unit.kind === 'department' && place.unit.code.split('-')[0] === first_code(places));
  for (const guest of guests) yield seat({ ...guest, account: true }, home.unit.key);

  for (const round of [0, 1, 2]) {
    for (const place of places) {
      if (made >= count) return;
      if (round < place.leaders.length && !(place === home && round === 0)) yield someone(place.leaders[round], place.unit.key);
    }
  }
  const further = weighted(places.filter((place) => place.weight > 0).map((place) => [place, place.weight]));
  while (made < count) {
    const place = further(random);
    yield someone(random.pick(place.staff), place.unit.key);
  }
}

function first_code(places) {
  return places.find((place) => place.unit.kind === 'department').unit.code.split('-')[0];
}
