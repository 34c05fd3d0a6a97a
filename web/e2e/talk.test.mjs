import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pinyin } from 'pinyin-pro';
import { launch, one, phone, soon, two, url, visitor } from './visitor.mjs';

let browser;
let [ana, ben] = [];
let [anaSelf, benSelf] = [];
const run = Date.now().toString(36);
const initials = (name) => pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join('');

before(async () => {
  browser = await launch();
  ana = await (await visitor(browser)).arrive(one);
  ben = await (await visitor(browser, { language: 'en' })).arrive(two);
  [anaSelf, benSelf] = [await ana.myself(), await ben.myself()];
});
after(() => browser.close());

// From the contacts, by name: two clicks to an open chat once the name is typed.
async function findByName(person, name, unit) {
  const { page } = person;
  await person.go(/通讯录|Contacts/);
  await page.getByRole('searchbox').fill(name);
  await page.getByRole('list', { name: /搜索结果|Results/ }).getByRole('link').filter({ hasText: name }).filter({ hasText: unit }).first().click();
  await person.look('contact');
  await page.getByRole('button', { name: /^(发消息|Message)$/ }).click();
  await page.waitForURL(/\/chat\/cnv_/);
}

// With the search over everything, by the initials of the pinyin.
async function findByInitials(person, { name, unit_name }) {
  const { page } = person;
  await page.goto(`${url}/chat`);
  await page.getByRole('list', { name: /会话列表|Chats/ }).waitFor();
  if (phone) await page.getByRole('button', { name: /^Search/ }).click();
  else await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(initials(name));
  const found = page.getByRole('option').filter({ hasText: name }).filter({ hasText: unit_name });
  await found.first().waitFor();
  await person.look('search');
  await found.first().click();
  await page.waitForURL(/\/chat\/cnv_/);
}

test('two people find each other and talk both ways, live', async () => {
  await findByName(ana, benSelf.member.name, benSelf.member.unit_name);
  await ben.page.getByRole('list', { name: 'Chats' }).waitFor();

  await ana.write(`你好 ${run}`);
  await ana.message(`你好 ${run}`).waitFor();
  await ben.page.getByRole('list', { name: 'Chats' }).getByText(`你好 ${run}`).waitFor();
  await soon(async () => /^\(\d+\+?\)/.test(await ben.page.title()), 'the title counts what is unread');

  await findByInitials(ben, anaSelf.member);
  await ben.message(`你好 ${run}`).waitFor();
  await ana.page.getByRole('listitem').filter({ hasText: `你好 ${run}` }).getByText('已读').waitFor();

  await ben.write(`Hello there ${run}`);
  await ana.message(`Hello there ${run}`).waitFor();
  await soon(async () => (await ana.page.getByRole('log').textContent()) === `${benSelf.member.name}: Hello there ${run}`, 'it is said aloud');
  await ana.look('conversation');
  await ben.look('conversation');
});

test('what was said is there after a reload', async () => {
  for (const person of [ana, ben]) {
    await person.page.reload();
    await person.message(`你好 ${run}`).waitFor();
    await person.message(`Hello there ${run}`).waitFor();
    await person.page.goto(`${url}/chat`);
    await person.page.getByRole('list', { name: /会话列表|Chats/ }).getByText(`Hello there ${run}`).click();
    await person.message(`Hello there ${run}`).waitFor();
  }
});

test('many messages at once arrive in order, once each', async () => {
  const lines = Array.from({ length: 12 }, (_, index) => `line ${index} of ${run}`);
  for (const line of lines) await ana.write(line);
  await ben.message(lines.at(-1)).waitFor();
  const heard = await ben.page.evaluate(async (id) => {
    const answer = await fetch(`/api/chat/conversations/${id}/entries?limit=12`);
    return (await answer.json()).items.map(({ text }) => text);
  }, ben.page.url().split('/').at(-1));
  assert.deepEqual(heard, lines);
  await soon(async () => (await ana.page.getByText('发送中').count()) === 0, 'every message has its tick');
});

if (!phone) test('Enter sends, Shift and Enter break the line, and a composition is left alone', async () => {
  const box = ana.page.getByRole('textbox', { name: '发消息' });
  await box.fill('first');
  await box.press('Shift+Enter');
  await box.pressSequentially(`second ${run}`);
  await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  assert.equal(await box.inputValue(), `first\nsecond ${run}`);
  await box.press('Enter');
  await ben.message(`first second ${run}`).waitFor(); // as white space is compared
  assert.equal(await box.inputValue(), '');
});

test('what comes below the fold is announced by a button, never by a jump', async () => {
  await ana.page.goto(`${url}/chat`);
  await ana.page.getByRole('list', { name: '会话列表' }).getByText(/./).first().waitFor();
  await ana.page.goto(ben.page.url());
  const log = ana.page.getByRole('region', { name: '消息记录' });
  await ana.message(`line 11 of ${run}`).waitFor();
  await log.evaluate((element) => element.scrollTo({ top: element.scrollHeight - element.clientHeight - 400 }));
  await ana.page.getByRole('button', { name: '回到最新' }).waitFor();
  const top = await log.evaluate((element) => element.scrollTop);
  await ben.write(`below ${run}`);
  await ana.page.getByRole('button', { name: '1 条新消息' }).waitFor();
  assert.equal(await log.evaluate((element) => element.scrollTop), top);
  await ana.page.getByRole('button', { name: '1 条新消息' }).click();
  await ana.message(`below ${run}`).waitFor();
  await ben.page.getByRole('listitem').filter({ hasText: `below ${run}` }).getByText('Read').waitFor();
});

test('older history comes by scrolling up and nothing jumps', async () => {
  const { page } = ana;
  await page.goto(`${url}/chat`);
  const longest = await page.evaluate(async () => {
    const { items } = await (await fetch('/api/chat/conversations?limit=100')).json();
    return items.sort((x, y) => y.head - x.head)[0];
  });
  assert.ok(longest.head > 60, 'the demo has a chat of more than a page');
  await page.goto(`${url}/chat/${longest.id}`);
  const log = page.getByRole('region', { name: '消息记录' });
  await log.getByRole('listitem').last().waitFor();

  // The older messages are held back until it is written down where a row stands.
  let release;
  const held = new Promise((done) => (release = done));
  await page.route('**/entries?before=*', async (route) => {
    await held;
    await route.continue();
  });
  const place = (text) =>
    log.evaluate((element, wanted) => {
      const { top, bottom } = element.getBoundingClientRect();
      const rows = [...element.querySelectorAll('[role=listitem]')].map((row) => ({ text: row.textContent, top: row.getBoundingClientRect().top }));
      return rows.find((row) => (wanted === undefined ? row.top > top + 40 && row.top < bottom : row.text === wanted));
    }, text);
  const height = () => log.evaluate((element) => element.scrollHeight);
  const before = await height();
  await log.evaluate((element) => element.scrollTo({ top: 300 }));
  await soon(async () => (await place()) !== undefined, 'rows are drawn where one scrolled to');
  const mark = await place();
  release();
  await soon(async () => (await height()) > before + 500, 'older messages are loaded');
  const now = await place(mark.text);
  assert.ok(now !== undefined && Math.abs(now.top - mark.top) <= 2, `the row in sight stayed: ${mark.top} and ${now?.top}`);

  await soon(async () => {
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    return log.getByText('会话从这里开始').isVisible();
  }, 'the beginning is reached', 20_000);
  await page.getByRole('button', { name: '回到最新' }).click();
  await soon(async () => (await log.evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight)) < 4, 'back at the end');
});

test('a group shows its name, and who speaks', async () => {
  const name = `合同评审 ${run}`;
  const status = await ana.page.evaluate(
    async ([title, member]) => {
      const body = JSON.stringify({ name: title, members: [member] });
      return (await fetch('/api/chat/groups', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
    },
    [name, benSelf.member.id],
  );
  assert.equal(status, 200);
  for (const person of [ana, ben]) await person.page.goto(`${url}/chat`);
  const chats = ana.page.getByRole('list', { name: '会话列表' });
  const id = await ana.page.evaluate(async (title) => {
    const { items } = await (await fetch('/api/chat/conversations')).json();
    return items.find((item) => item.name === title).id;
  }, name);
  await ben.page.goto(`${url}/chat/${id}`);
  await ben.page.getByRole('heading', { name }).waitFor();
  await ben.write(`各位好 ${run}`);
  await chats.getByRole('link').filter({ hasText: name }).getByText(`各位好 ${run}`).waitFor();
  await chats.getByRole('link').filter({ hasText: name }).click();
  await ana.message(`各位好 ${run}`).waitFor();
  await ana.page.getByRole('listitem').filter({ hasText: `各位好 ${run}` }).getByText(benSelf.member.name, { exact: true }).last().waitFor();
  await ana.look('group');
});

test('nobody is left with errors', async () => {
  await ana.leave();
  await ben.leave();
});
