import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, one, phone, soon, two, url, visitor } from './visitor.mjs';

let browser;
let [ana, ben] = [];
let names;
const run = Date.now().toString(36);

before(async () => {
  browser = await launch();
  ana = await (await visitor(browser)).arrive(one);
  ben = await (await visitor(browser, { language: 'en', dark: true })).arrive(two);
  names = { ana: (await ana.myself()).member.name, ben: (await ben.myself()).member.name };
  const chat = await ana.page.evaluate(async (member) => {
    const headers = { 'content-type': 'application/json' };
    return (await (await fetch('/api/chat/conversations', { method: 'POST', headers, body: JSON.stringify({ member }) })).json()).id;
  }, (await ben.myself()).member.id);
  for (const { page } of [ana, ben]) await page.goto(`${url}/chat/${chat}`);
});
after(() => browser.close());

const messages = ({ page }) => page.getByRole('region', { name: /^(消息记录|Messages)$/ });
const rowOf = (person, text) => messages(person).getByRole('listitem').filter({ has: person.page.getByText(text, { exact: true }) });
const menuOf = ({ page }) => page.getByRole('dialog', { name: /^(消息操作|Message actions)$/ });
const field = ({ page }) => page.getByRole('textbox', { name: /^(发消息|Write a message)$/ });

// With a finger that stays, or with the keyboard.
async function openMenu(person, text) {
  if (!phone) {
    await rowOf(person, text).locator('[data-message]').focus();
    await person.page.keyboard.press('Enter');
  } else {
    await person.message(text).dispatchEvent('pointerdown', { pointerType: 'touch', bubbles: true });
  }
  await menuOf(person).waitFor();
}

async function choose(person, text, action) {
  await openMenu(person, text);
  await menuOf(person).getByRole('button', { name: action }).click();
  await menuOf(person).waitFor({ state: 'detached' });
}

async function save({ page }) {
  if (phone) await page.getByRole('button', { name: /^(保存|Save)$/ }).click();
  else await page.keyboard.press('Enter');
}

test('a message is quoted, and the quote leads to it', async () => {
  await ana.write(`三点开会 ${run}`);
  await ben.message(`三点开会 ${run}`).waitFor();
  await openMenu(ben, `三点开会 ${run}`);
  await ben.look('message-menu');
  await menuOf(ben).getByRole('button', { name: 'Quote' }).click();
  await ben.page.locator('#composer-about', { hasText: `${names.ana}: 三点开会 ${run}` }).waitFor();
  await ben.look('quoting');
  await ben.write(`I will be there ${run}`);
  await ben.message(`I will be there ${run}`).waitFor();
  const quote = rowOf(ana, `I will be there ${run}`).getByRole('button', { name: `您：三点开会 ${run}` });
  await quote.waitFor();
  await quote.click();
  await rowOf(ben, `I will be there ${run}`).getByRole('button', { name: `${names.ana}: 三点开会 ${run}` }).waitFor();
});

test('an edit changes the message and its quote at both ends', async () => {
  await choose(ana, `三点开会 ${run}`, '编辑');
  assert.equal(await field(ana).inputValue(), `三点开会 ${run}`);
  await field(ana).fill(`四点开会 ${run}`);
  await ana.look('editing');
  await save(ana);
  for (const person of [ana, ben]) await person.message(`四点开会 ${run}`).waitFor();
  await rowOf(ben, `I will be there ${run}`).getByRole('button', { name: `${names.ana}: 四点开会 ${run}` }).waitFor();
  await rowOf(ben, `四点开会 ${run}`).getByText('Edited').waitFor();
  await soon(async () => (await field(ana).inputValue()) === '', 'the field is free again');
});

test('reactions are counted at both ends, and taken back', async () => {
  await choose(ben, `四点开会 ${run}`, 'Good');
  const chip = messages(ana).getByRole('button', { name: '👍 1 人', exact: true });
  await chip.waitFor();
  await chip.click();
  await messages(ben).getByRole('button', { name: '👍 2 people, you among them' }).waitFor();
  await choose(ana, `I will be there ${run}`, '爱心');
  await messages(ben).getByRole('button', { name: '❤️ 1 person' }).waitFor();
  for (const person of [ana, ben]) await person.look('reactions');
  await messages(ben).getByRole('button', { name: '👍 2 people, you among them' }).click();
  await messages(ana).getByRole('button', { name: '👍 1 人，包括您' }).waitFor();
});

if (!phone) test('the pointer and the arrows reach the same tools', async () => {
  const { page } = ana;
  await messages(ana).getByText(`I will be there ${run}`, { exact: true }).hover();
  const tools = page.getByRole('group', { name: '消息操作' });
  await tools.getByRole('button', { name: '表情回应' }).waitFor();
  await ana.look('message-tools');
  await tools.getByRole('button', { name: '更多' }).click();
  await menuOf(ana).getByRole('button', { name: '复制' }).waitFor();
  assert.equal(await menuOf(ana).getByRole('button', { name: '撤回' }).count(), 0, 'it is not hers');
  await ana.look('message-more');
  await page.keyboard.press('Escape');
  await menuOf(ana).waitFor({ state: 'detached' });

  await field(ana).focus();
  await page.keyboard.press('ArrowUp');
  assert.equal(await field(ana).inputValue(), `四点开会 ${run}`, 'the arrow up edits the last message');
  await page.keyboard.press('Escape');
  assert.equal(await field(ana).inputValue(), '');
});

test('what is recalled is gone at both ends, and can be written again', async () => {
  await choose(ana, `四点开会 ${run}`, '撤回');
  await messages(ana).getByText('您撤回了一条消息').last().waitFor();
  await messages(ben).getByText(`${names.ana} recalled a message`).last().waitFor();
  await rowOf(ben, `I will be there ${run}`).getByText('The quoted message was recalled').waitFor();
  assert.equal(await ben.message(`四点开会 ${run}`).count(), 0);
  for (const person of [ana, ben]) await person.look('recalled');
  await ana.page.getByRole('button', { name: '重新编辑' }).last().click();
  assert.equal(await field(ana).inputValue(), `四点开会 ${run}`);
  await ana.write(`五点开会 ${run}`);
  await ben.message(`五点开会 ${run}`).waitFor();
});

test('after a reload everything is as it was', async () => {
  for (const person of [ana, ben]) {
    await person.page.reload();
    await person.message(`五点开会 ${run}`).waitFor();
    await rowOf(person, `I will be there ${run}`).getByText(/^(引用的消息已撤回|The quoted message was recalled)$/).waitFor();
    await messages(person).getByRole('button', { name: /^❤️/ }).waitFor();
  }
});

test('without a network a change fails at once, and says so', async () => {
  ana.forgive(/ERR_INTERNET_DISCONNECTED/, /WebSocket/, /Failed to load resource/);
  await ana.context.setOffline(true);
  await choose(ana, `五点开会 ${run}`, '撤回');
  await messages(ana).getByText('连接不上服务器').waitFor({ timeout: 2000 });
  await ana.look('recall-offline');
  await ana.context.setOffline(false);
  await ana.message(`五点开会 ${run}`).waitFor();
});

test('nobody is left with errors', async () => {
  await ana.leave();
  await ben.leave();
});
