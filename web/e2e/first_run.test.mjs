import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, one, phone, url, visitor } from './visitor.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const kept = (page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    visit: Object.keys(sessionStorage),
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
const nothing = { local: [], visit: [], caches: [], databases: [], workers: 0 };

test('the policy comes first, unticked, with two equal answers', async () => {
  const guest = await visitor(browser);
  const { page } = guest;
  await page.goto(`${url}/chat`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await guest.look('policy');
  assert.equal(await page.getByRole('checkbox').isChecked(), false);

  const [accept, decline] = [page.getByRole('button', { name: '同意', exact: true }), page.getByRole('button', { name: '不同意' })];
  const [boxA, boxD] = [await accept.boundingBox(), await decline.boundingBox()];
  assert.deepEqual([boxA.width, boxA.height], [boxD.width, boxD.height]);
  const face = (button) =>
    button.evaluate((element) => {
      const { color, backgroundColor, borderColor, fontSize, fontWeight, opacity } = getComputedStyle(element);
      return { color, backgroundColor, borderColor, fontSize, fontWeight, opacity };
    });
  await page.mouse.move(1, 1);
  assert.deepEqual(await face(accept), await face(decline));

  await accept.click();
  await page.getByText('请先勾选').waitFor();
  assert.deepEqual([...new Set(guest.asked)], ['/api/consent/policy'], 'nothing is asked of anybody before the answer');
  assert.deepEqual(await kept(page), nothing);
  await guest.leave();
});

test('declining leaves nothing behind', async () => {
  const guest = await visitor(browser);
  const { page } = guest;
  await page.goto(url);
  await page.getByRole('button', { name: '不同意' }).click();
  await page.getByText('您没有同意隐私政策').waitFor();
  await guest.look('declined');
  assert.deepEqual(await kept(page), nothing);
  assert.deepEqual(await guest.context.cookies(), []);
  await page.reload();
  await page.getByRole('button', { name: '不同意' }).waitFor();
  await guest.leave();
});

test('declining after having accepted once takes away what was kept', async () => {
  const guest = await visitor(browser);
  const { page } = guest;
  await guest.acceptPolicy();
  assert.deepEqual((await kept(page)).local.sort(), ['carillon.language', 'carillon.policy']);
  await page.evaluate(() => localStorage.setItem('carillon.policy', '"0000"')); // as if it had changed since
  await page.reload();
  guest.forgive(/428/);
  await page.getByLabel('账号').fill(one.login);
  await page.getByLabel('密码').fill(one.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('button', { name: '不同意' }).click();
  await page.getByText('您没有同意隐私政策').waitFor();
  assert.deepEqual(await kept(page), nothing);
  assert.deepEqual(await guest.context.cookies(), []);
  await guest.leave();
});

test('a new policy is put before somebody who is inside, and either answer holds', async () => {
  const person = await (await visitor(browser)).arrive(one);
  const { page } = person;
  person.forgive(/428/);
  const outdate = async () => {
    const refusal = { code: 'consent.policy_first', message: 'Please read and accept the privacy policy first', values: {} };
    await page.route('**/api/chat/conversations?*', (route) => route.fulfill({ status: 428, json: refusal }), { times: 1 });
    await page.reload();
    await page.getByRole('checkbox').waitFor();
  };
  await outdate();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('list', { name: '会话列表' }).waitFor();
  assert.ok(person.asked.includes('/api/consent/acceptances'));

  await outdate();
  await page.getByRole('button', { name: '不同意' }).click();
  await page.getByText('您没有同意隐私政策').waitFor();
  assert.ok(person.asked.includes('/api/consent/refusals'));
  assert.deepEqual(await kept(page), nothing);
  assert.deepEqual(await person.context.cookies(), []);
  await person.leave();
});

test('signing in, with a wrong password first, and out again', async () => {
  const person = await visitor(browser);
  const { page } = person;
  await person.acceptPolicy();
  await person.look('sign-in');
  person.forgive(/401/);
  await page.getByLabel('账号').fill(one.login);
  await page.getByLabel('密码').fill('not the password');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('账号或密码不正确').waitFor();
  await person.look('wrong-password');

  await person.signIn(one);
  await page.reload();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();

  await page.goto(`${url}/me`);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('账号').waitFor();
  await page.goBack();
  await page.reload();
  await page.getByLabel('账号').waitFor();
  assert.deepEqual(await person.context.cookies(), []);
  await person.leave();
});

test('language and appearance are chosen once and stay', async () => {
  const person = await visitor(browser);
  const { page } = person;
  await page.goto(url);
  await page.getByRole('heading', { name: '隐私政策', level: 1 }).waitFor();
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('heading', { name: 'Privacy policy', level: 1 }).waitFor();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await person.signIn(one);

  await page.goto(`${url}/me/settings`);
  await page.getByText('Dark', { exact: true }).click();
  await page.reload();
  await page.getByText('Appearance').waitFor();
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await person.look('settings');
  await page.getByText('简体中文').click();
  await page.getByText('外观').waitFor();
  if (phone) await page.getByRole('button', { name: '返回' }).click();
  await person.go('消息');
  await page.getByRole('list', { name: '会话列表' }).waitFor();
  await person.leave();
});
