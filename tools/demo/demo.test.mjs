import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'carillon-demo-'));
after(() => rmSync(folder, { recursive: true }));

function build(...options) {
  const out = join(folder, `${options.join('') || 'default'}.jsonl`);
  execFileSync(process.execPath, [join(import.meta.dirname, 'build.mjs'), '--out', out, ...options]);
  return readFileSync(out, 'utf8');
}
const records = build().trimEnd().split('\n').map((line) => JSON.parse(line));
const all = (kind) => records.filter((record) => record[kind]).map((record) => record[kind]);

test('the same seed builds the same demo, another seed another one', () => {
  assert.equal(build('--seed', '7'), build('--seed', '7'));
  assert.notEqual(build('--seed', '7'), build('--seed', '8'));
});

test('one organisation comes first, and whatever a line refers to stands above it', () => {
  assert.ok(records[0].org.name);
  const known = new Set([null]);
  for (const { unit, member, chat } of records) {
    if (unit) assert.ok(known.has(unit.parent));
    if (member) assert.ok(known.has(member.unit));
    if (chat) assert.ok(known.has(chat.a) && known.has(chat.b));
    if (unit || member) known.add((unit ?? member).key);
  }
});

test('five thousand people have logins of their own, and two may sign in', () => {
  const people = all('member');
  assert.equal(people.length, 5000);
  assert.equal(new Set(people.map((person) => person.login)).size, 5000);
  assert.deepEqual(people.filter((person) => person.account).map((person) => person.login), ['zhangwei', 'wangfang']);
});

test('the province has all its levels', () => {
  const depth = new Map([[null, 0]]);
  for (const unit of all('unit')) depth.set(unit.key, depth.get(unit.parent) + 1);
  assert.equal(all('unit').filter((unit) => unit.parent === null).length, 1);
  assert.ok(Math.max(...depth.values()) >= 4);
  assert.deepEqual([...new Set(all('unit').map((unit) => unit.kind))].sort(), ['department', 'institution', 'unit']);
});

test('chats are between two people, in order of time, within a year, and some are long', () => {
  const chats = all('chat');
  assert.equal(chats.length, 200);
  assert.ok(chats.filter(({ messages }) => messages.length > 500).length >= 3);
  for (const { a, b, messages } of chats) {
    assert.notEqual(a, b);
    let last = Date.now() - 366 * 86_400_000;
    for (const { from, at, text } of messages) {
      assert.ok(from === a || from === b);
      assert.ok(at >= last && at < Date.now());
      assert.ok(text.length > 0 && text.length <= 10_000);
      last = at;
    }
  }
});

test('texts are Chinese and English', () => {
  const texts = all('chat').flatMap(({ messages }) => messages.map(({ text }) => text));
  assert.ok(texts.filter((text) => /\p{Script=Han}/u.test(text)).length > texts.length / 2);
  assert.ok(texts.filter((text) => !/\p{Script=Han}/u.test(text)).length > 100);
});
