import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, one, soon, two, url, visitor } from './visitor.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const run = Date.now().toString(36);

// Between the page and the server: cuts the line, or answers in the server's place.
async function wiretap(page) {
  const tap = { cut: false, lines: new Set(), posted: [], refuseNext: undefined };
  await page.routeWebSocket(/\/api\/socket$/, (line) => {
    if (tap.cut) return void line.close();
    tap.lines.add(line);
    const server = line.connectToServer();
    line.onMessage((text) => {
      const frame = JSON.parse(text);
      if (frame.post === '/chat/messages') {
        tap.posted.push(frame.body);
        if (tap.refuseNext) {
          line.send(JSON.stringify({ id: frame.id, ...tap.refuseNext }));
          tap.refuseNext = undefined;
          return;
        }
      }
      server.send(text);
    });
    server.onMessage((text) => line.send(text));
  });
  tap.lose = async () => {
    tap.cut = true;
    await page.context().setOffline(true);
    for (const line of tap.lines) await line.close();
    tap.lines.clear();
  };
  tap.restore = async () => {
    tap.cut = false;
    await page.context().setOffline(false);
  };
  return tap;
}

const chatOf = (person, member) =>
  person.page.evaluate(async (id) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/chat/conversations', { method: 'POST', headers, body: JSON.stringify({ member: id }) });
    return (await answer.json()).id;
  }, member);

test('a lost connection loses and doubles nothing', async () => {
  const ana = await visitor(browser);
  const tap = await wiretap(ana.page);
  await ana.arrive(one);
  const ben = await (await visitor(browser)).arrive(two);
  const chat = await chatOf(ana, (await ben.myself()).member.id);
  await ana.page.goto(`${url}/chat/${chat}`);
  await ben.page.goto(`${url}/chat/${chat}`);
  await ana.write(`before ${run}`);
  await ben.message(`before ${run}`).waitFor();

  ana.forgive(/ERR_INTERNET_DISCONNECTED/, /WebSocket/, /Failed to load resource/);
  await tap.lose();
  await ana.page.getByText('连接已断开').waitFor();
  await ana.look('offline');
  await ana.write(`while away ${run}`);
  await ana.message(`while away ${run}`).waitFor();
  await ana.page.getByText('发送中').waitFor({ state: 'attached' });
  for (const number of [1, 2, 3]) await ben.write(`missed ${number} ${run}`);
  await ben.message(`missed 3 ${run}`).waitFor();
  assert.equal(await ana.message(`missed 1 ${run}`).count(), 0);

  await tap.restore();
  await ana.message(`missed 3 ${run}`).waitFor({ timeout: 40_000 });
  await ben.message(`while away ${run}`).waitFor({ timeout: 40_000 });
  await ana.page.getByText('连接已断开').waitFor({ state: 'detached' });
  const said = await ana.page.evaluate(async (id) => {
    const { items } = await (await fetch(`/api/chat/conversations/${id}/entries?limit=5`)).json();
    return items.map(({ text }) => text.split(' ').slice(0, -1).join(' ')).sort();
  }, chat);
  assert.deepEqual(said, ['before', 'missed 1', 'missed 2', 'missed 3', 'while away']);
  for (const text of ['missed 1', 'missed 2', 'missed 3', 'while away']) assert.equal(await ana.message(`${text} ${run}`).count(), 1);
  await ana.leave();
  await ben.leave();
});

test('a refused message says why, and trying again carries the same token', async () => {
  const ana = await visitor(browser);
  const tap = await wiretap(ana.page);
  await ana.arrive(one);
  await ana.page.getByRole('list', { name: '会话列表' }).getByRole('link').first().click();
  await ana.page.getByRole('region', { name: '消息记录' }).waitFor();

  tap.refuseNext = { status: 404, body: { code: 'chat.no_conversation', message: 'There is no such conversation', values: {} } };
  await ana.write(`refused ${run}`);
  await ana.page.getByText('找不到这个会话').waitFor();
  await ana.look('refused');
  await ana.page.getByRole('button', { name: '重新发送' }).click();
  await ana.page.getByText('找不到这个会话').waitFor({ state: 'detached' });
  await soon(async () => (await ana.page.getByText('发送中').count()) === 0, 'it is sent');
  assert.equal(tap.posted.length, 2);
  assert.equal(tap.posted[0].token, tap.posted[1].token);
  assert.equal(await ana.message(`refused ${run}`).count(), 1);
  await ana.leave();
});

test('the shell opens without a network', async () => {
  const ana = await visitor(browser);
  await ana.arrive(one);
  await ana.page.evaluate(() => navigator.serviceWorker.ready);
  await soon(() => ana.page.evaluate(async () => (await caches.keys()).length === 1), 'the shell is kept');
  const kept = await ana.page.evaluate(async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  });
  assert.equal(kept.some((path) => path.startsWith('/api')), false, 'nothing that anybody said is kept');
  ana.forgive(/ERR_INTERNET_DISCONNECTED/, /WebSocket/, /Failed to load resource/);
  await ana.context.setOffline(true);
  await ana.page.reload();
  await ana.page.getByText('暂时连接不上服务器').waitFor();
  await ana.context.setOffline(false);
  await ana.page.getByRole('list', { name: '会话列表' }).waitFor();
  await ana.leave();
});
