import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { program } from './server.mjs';
import { launch, one, phone, url, visitor } from './visitor.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// What `carillon prove` says, beside the running server, of the clause on recorded decisions.
const proven = (clause) =>
  new Promise((done, failed) =>
    execFile(program, ['prove', '--json'], { timeout: 60_000, maxBuffer: 1 << 24 }, (error, out) => {
      // It ends with 1 when any clause does not hold; this journey asks about one.
      if (error && error.code !== 1) return failed(error);
      done(JSON.parse(out).clauses.find((one) => one.clause === clause).state);
    }),
  );

const held = (page, id) =>
  page.evaluate(async (wanted) => {
    const { permissions } = await (await fetch('/api/consent/permissions')).json();
    const { granted, may_ask, decided_at } = permissions.find((one) => one.id === wanted);
    return { granted, may_ask, decided: decided_at != null };
  }, id);

const row = (page, name) => page.getByRole('region', { name: /^(设备权限|Device permissions)$/ }).getByRole('listitem', { name, exact: true });

test('a permission is granted, seen in another window, and withdrawn there', async () => {
  const person = await (await visitor(browser)).arrive(one);
  const { page } = person;
  if (phone) {
    await person.go('我的');
    await page.getByRole('link', { name: '设置' }).click();
    await page.getByRole('link', { name: '隐私', exact: true }).click();
  } else {
    await person.go('隐私');
  }
  const here = row(page, '位置');
  await here.getByText('还没有决定').waitFor();
  await here.getByText('尚未询问').or(here.getByText('已禁止')).waitFor();
  await here.getByText('考勤定位').waitFor();
  await here.getByText('没有采集').waitFor();
  await row(page, '电话状态').getByText('不使用', { exact: true }).waitFor();
  assert.equal(await row(page, '电话状态').getByRole('button').count(), 0);
  await person.look('privacy');

  const other = await person.context.newPage();
  await other.goto(`${url}/me/privacy`);
  const there = row(other, '位置');
  await there.getByText('还没有决定').waitFor();

  await here.getByRole('button', { name: '同意使用位置', exact: true }).click();
  await here.getByText(/已同意，今天/).waitFor();
  await there.getByText(/已同意，今天/).waitFor();
  assert.deepEqual(await held(page, 'PM-04'), { granted: true, may_ask: false, decided: true });
  await person.look('privacy-granted');

  await there.getByRole('button', { name: '撤回位置' }).click();
  await there.getByText(/不会再问您/).waitFor();
  await here.getByText(/不会再问您/).waitFor();
  assert.deepEqual(await held(page, 'PM-04'), { granted: false, may_ask: false, decided: true });
  assert.equal(await proven('2.1.2.9-4'), 'holds');
  await person.leave();
});

if (!phone) test('with the keyboard alone, each answer is one key', async () => {
  const person = await (await visitor(browser, { language: 'en' })).arrive(one);
  const { page } = person;
  await page.goto(`${url}/me/privacy`);
  const camera = row(page, 'Camera');
  await camera.getByRole('button', { name: 'Decline Camera' }).focus();
  await page.keyboard.press('Enter');
  await camera.getByText(/You will not be asked again/).waitFor();
  const allow = camera.getByRole('button', { name: 'Allow Camera', exact: true });
  assert.ok(await allow.evaluate((button) => button === document.activeElement), 'the focus stays in the row');
  await page.keyboard.press('Enter');
  await camera.getByText(/^Allowed, Today/).waitFor();
  await page.keyboard.press('Space');
  await camera.getByText(/^Declined, Today/).waitFor();
  await person.leave();
});

test('the centre follows the browser, and says how to change it there', async () => {
  const person = await (await visitor(browser, { dark: true })).arrive(one);
  const { page } = person;
  await person.context.grantPermissions(['geolocation'], { origin: url });
  await page.goto(`${url}/me/privacy`);
  const place = row(page, '位置');
  await place.getByText('已允许', { exact: true }).waitFor();
  await place.getByText('我们不会读取').waitFor();
  await place.getByText('怎样在浏览器里更改位置').click();
  await place.getByText('网站设置').waitFor();
  await person.look('privacy-browser');
  await person.leave();
});

test('without a network a decision fails at once, and is not made later', async () => {
  const person = await (await visitor(browser)).arrive(one);
  const { page } = person;
  person.forgive(/ERR_INTERNET_DISCONNECTED/, /WebSocket/);
  await page.goto(`${url}/me/privacy`);
  const album = row(page, '相册');
  await album.getByText('还没有决定').waitFor();
  await person.context.setOffline(true);
  await page.getByText('连接已断开').waitFor();
  await album.getByRole('button', { name: '同意使用相册', exact: true }).click();
  await album.getByText('连接不上服务器，请检查网络。').waitFor();
  await person.context.setOffline(false);
  await page.getByText('连接已断开').waitFor({ state: 'detached' });
  assert.equal((await held(page, 'PM-02')).granted, false);
  await person.leave();
});

test('what cannot be fetched says so and can be fetched again', async () => {
  const person = await (await visitor(browser)).arrive(one);
  const { page } = person;
  person.forgive(/500/);
  const broken = { code: 'server.bug', message: 'Something went wrong', values: {} };
  const hand = (route) => route.fulfill({ status: 500, json: broken });
  await page.route('**/api/consent/permissions?*', hand);
  await page.goto(`${url}/me/privacy`);
  await page.getByRole('button', { name: '重试' }).waitFor();
  await person.look('privacy-problem');
  await page.unroute('**/api/consent/permissions?*', hand);
  await page.getByRole('button', { name: '重试' }).click();
  await row(page, '位置').waitFor();
  await person.leave();
});
