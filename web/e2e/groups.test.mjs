import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, one, phone, soon, two, url, visitor } from './visitor.mjs';

let browser;
let [ana, ben] = [];
let benSelf;
const run = Date.now().toString(36);

before(async () => {
  browser = await launch();
  ana = await (await visitor(browser)).arrive(one);
  ben = await (await visitor(browser, { language: 'en', dark: true })).arrive(two);
  benSelf = (await ben.myself()).member;
});
after(() => browser.close());

const rowOf = (person, text) => person.page.getByRole('list', { name: /^(会话列表|Chats)$/ }).getByRole('link').filter({ hasText: text });

test('a group is made of people found by name, and everybody in it has it at once', async () => {
  const { page } = ana;
  await page.goto(`${url}/chat`);
  await ben.page.goto(`${url}/chat`);
  await page.getByRole('button', { name: '发起群聊' }).click();
  await page.getByRole('button', { name: '创建' }).click();
  await page.getByText('请至少选择一位同事').waitFor();

  const field = page.getByRole('combobox');
  await field.fill(benSelf.name);
  await page.getByRole('option').filter({ hasText: benSelf.unit_name }).first().click();
  assert.ok(await field.evaluate((element) => element === document.activeElement), 'one can go on typing');
  await field.fill('zhang');
  await page.getByRole('option').filter({ hasText: '张' }).first().waitFor();
  if (phone) await page.getByRole('option').first().click();
  else await page.keyboard.press('Enter');
  await page.getByText('已选 2 人').waitFor();
  await ana.look('new-group');
  await page.getByRole('textbox', { name: '群名称' }).fill(`合同评审 ${run}`);
  await page.getByRole('button', { name: '创建' }).click();
  await page.waitForURL(/\/chat\/cnv_/);
  await page.getByRole('heading', { name: `合同评审 ${run}` }).waitFor();
  await page.getByText('3 人').first().waitFor();

  await rowOf(ben, `合同评审 ${run}`).getByText('The group was created').waitFor();
  await ana.write(`各位好 ${run}`);
  await rowOf(ben, `合同评审 ${run}`).getByText(`各位好 ${run}`).waitFor();
});

test('its members are listed and lead to their profiles', async () => {
  const { page } = ana;
  await page.getByRole('link', { name: '群信息' }).click();
  const members = page.getByRole('list', { name: '群成员' });
  await soon(async () => (await members.getByRole('link').count()) === 3, 'all three are listed');
  await ana.look('group-info');
  await members.getByRole('link').filter({ hasText: benSelf.name }).first().click();
  await page.getByRole('article', { name: benSelf.name }).waitFor();
  if (phone) await page.goBack();
  else await page.keyboard.press('Escape');
});

test('a group is found by its name, beside the people', async () => {
  const { page } = ana;
  await page.goto(`${url}/chat`);
  await page.getByRole('button', { name: /^搜索同事和群聊/ }).click();
  await page.getByRole('combobox').fill(`评审 ${run}`);
  await page.getByRole('option').filter({ hasText: '群聊' }).click();
  await page.getByRole('heading', { name: `合同评审 ${run}` }).waitFor();
});

if (!phone) test('with the keyboard alone, and named after its members', async () => {
  const { page } = ben;
  await page.goto(`${url}/chat`);
  await page.getByRole('button', { name: 'New group' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox').focus();
  await page.keyboard.type('wang');
  await page.getByRole('option').nth(1).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('2 chosen').waitFor();
  await page.keyboard.press('Backspace'); // over the text that is selected
  await page.keyboard.press('Backspace');
  await page.getByText('1 chosen').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('combobox').fill('wang');
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { level: 2, name: benSelf.name }).waitFor();
});

test('nobody is left with errors', async () => {
  await ana.leave();
  await ben.leave();
});
