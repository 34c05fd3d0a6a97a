import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, one, phone, soon, url, visitor } from './visitor.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const [language, dark] of [
  ['zh-CN', false],
  ['en', true],
]) {
  test(`every page, ${language}, ${dark ? 'dark' : 'light'}`, async () => {
    const person = await visitor(browser, { language, dark });
    await person.arrive(one);
    const { page } = person;
    const visit = async (path, name) => {
      await page.goto(url + path);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle');
      await person.look(name);
      const beyond = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
      assert.deepEqual(beyond, [0, 0], `${name} fits its window; only its panes scroll`);
    };
    await visit('/chat', 'chats');
    const direct = await page.evaluate(async () => {
      const { items } = await (await fetch('/api/chat/conversations')).json();
      return items.find(({ kind, head }) => kind === 'direct' && head > 0).id;
    });
    await page.locator(`a[href="/chat/${direct}"]`).click();
    await page.getByRole('link', { name: /个人资料|Profile/ }).click();
    await page.getByRole('article').waitFor();
    await person.look('chat-profile');
    await page.keyboard.press('Escape');
    await visit('/directory', 'directory');
    await page.getByRole('list', { name: /单位与成员|Units and members/ }).getByRole('link').first().click();
    await person.look('unit');
    await page.getByRole('searchbox').fill('没有这个人');
    await page.getByText('没有这个人').last().waitFor();
    await person.look('nobody');
    await visit('/me', 'me');
    await visit('/me/profile', 'profile');
    await visit('/me/policy', 'policy-inside');
    await visit('/chat/cnv_1', 'no-chat').catch((error) => assert.fail(error));
    person.forgive(/404/);
    await person.leave();
  });
}

if (phone) test('a phone shows one pane at a time, and back leads where one came from', async () => {
  const person = await (await visitor(browser)).arrive(one);
  const { page } = person;
  const tabs = page.getByRole('navigation', { name: '主导航' });
  const chats = page.getByRole('list', { name: '会话列表' });
  await chats.getByRole('link').first().click();
  await page.getByRole('region', { name: '消息记录' }).waitFor();
  assert.equal(await chats.isVisible(), false);
  assert.equal(await tabs.isVisible(), false);
  await page.goBack();
  await chats.waitFor();
  await person.go('通讯录');
  await page.getByRole('list', { name: '单位与成员' }).getByRole('link').first().click();
  await page.waitForURL(/directory\/unit_/);
  await page.goBack();
  await page.waitForURL(/directory$/);
  await person.leave();
});

if (!phone) test('the keyboard alone is enough', async () => {
  const person = await (await visitor(browser)).arrive(one);
  const { page } = person;
  const chats = page.getByRole('list', { name: '会话列表' });
  await chats.waitFor();
  await page.keyboard.press('Alt+ArrowDown');
  await page.waitForURL(/\/chat\/cnv_/);
  const first = page.url();
  await page.keyboard.press('Alt+ArrowDown');
  await page.waitForURL((now) => now.href !== first);
  await page.getByRole('textbox', { name: '发消息' }).waitFor();
  await page.keyboard.press('Alt+ArrowUp');
  await page.waitForURL(first);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zhang');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL((now) => now.href !== first);
  await soon(() => page.getByRole('textbox', { name: '发消息' }).evaluate((box) => box === document.activeElement), 'one can write at once');
  await person.leave();
});
