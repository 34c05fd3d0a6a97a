#!/usr/bin/env node
// Writes the demo organisation as lines of JSON, which `carillon admin demo` reads.
//
//   node tools/demo/build.mjs [--province 福建省 | --all] [--staff 5000] [--chats 200] [--seed 2] [--out FILE]
//
// One line is one of {"org"}, {"unit"}, {"member"}, {"chat"}; whatever a line refers to stands above it.
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { members } from './people.mjs';
import { country, province, units } from './places.mjs';
import { Random } from './random.mjs';
import { chat, midnight, pairs } from './talk.mjs';
import { pieces } from './texts.mjs';

const { values: options } = parseArgs({
  options: {
    province: { type: 'string', default: '福建省' },
    all: { type: 'boolean', default: false },
    staff: { type: 'string', default: '5000' },
    chats: { type: 'string', default: '200' },
    seed: { type: 'string', default: '2' },
    out: { type: 'string', default: join(import.meta.dirname, 'out', 'demo.jsonl') },
  },
});
const counts = { units: 0, members: 0, chats: 0, messages: 0 };

function* records() {
  const random = new Random(Number(options.seed));
  const root = options.all ? country() : province(options.province);
  yield { org: { name: `${root.name}数字政府（演示）` } };

  const places = [];
  for (const place of units(root)) {
    places.push(place);
    counts.units += 1;
    yield { unit: place.unit };
  }
  const staff = [];
  for (const member of members(places, Number(options.staff), random)) {
    staff.push({ key: member.key, unit: member.unit });
    counts.members += 1;
    yield { member };
  }
  const texts = pieces();
  const end = midnight(Date.now());
  for (const { a, b, messages } of pairs(staff, Number(options.chats), random)) {
    counts.chats += 1;
    counts.messages += messages;
    yield { chat: chat(a, b, messages, end, texts, random) };
  }
}

function* text() {
  for (const record of records()) yield `${JSON.stringify(record)}\n`;
}

mkdirSync(dirname(options.out), { recursive: true });
await pipeline(Readable.from(text()), createWriteStream(options.out));
console.log(`${options.out}: ${Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(', ')}`);
