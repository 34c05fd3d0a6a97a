// Somebody at a browser: a window of the wanted width, everything that went wrong in it, and what axe finds.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const url = process.env.CARILLON_URL;
export const width = Number(process.env.WIDTH ?? 1440);
export const phone = width <= 768;
export const [one, two] = [process.env.CARILLON_ONE, process.env.CARILLON_TWO].map((person) => {
  const [login, ...rest] = (person ?? '').split(':');
  return { login, password: rest.join(':') };
});

const shots = process.env.CARILLON_SHOTS ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...quiet] });
}

export async function visitor(browser, { language = 'zh-CN', dark = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: phone ? 844 : 900 },
    hasTouch: phone,
    isMobile: phone,
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  return new Visitor(context, page, `${width}-${dark ? 'dark' : 'light'}-${language}`);
}

class Visitor {
  errors = [];
  forgiven = [];
  asked = []; // the paths of the API that this page used

  constructor(context, page, tag) {
    Object.assign(this, { context, page, tag });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.errors.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/')) this.asked.push(pathname);
    });
  }

  // The browser reports every refused request; a journey that provokes one says so.
  forgive(...patterns) {
    this.forgiven.push(...patterns);
  }

  async look(name) {
    await this.page.evaluate(() => document.fonts.ready);
    if (shots) {
      mkdirSync(shots, { recursive: true });
      await this.page.screenshot({ path: `${shots}/${name}-${this.tag}.png` });
    }
    if (phone) assert.deepEqual(await this.page.evaluate(smallTargets), [], `targets of 44 pixels on ${name}`);
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const told = serious.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html.slice(0, 160)).join('\n  ')}`);
    assert.deepEqual(told, [], `axe on ${name}`);
  }

  async acceptPolicy() {
    const { page } = this;
    await page.goto(url);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: /^(同意|Accept)$/ }).click();
    await page.getByLabel(/^(账号|Account)$/).waitFor();
  }

  async signIn({ login, password }) {
    const { page } = this;
    await page.getByLabel(/^(账号|Account)$/).fill(login);
    await page.getByLabel(/^(密码|Password)$/).fill(password);
    await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click();
    await page.getByRole('navigation', { name: /^(主导航|Main)$/ }).waitFor();
  }

  async arrive(person) {
    await this.acceptPolicy();
    await this.signIn(person);
    return this;
  }

  myself() {
    return this.page.evaluate(async () => (await fetch('/api/directory/me')).json());
  }

  async go(word) {
    await this.page
      .getByRole('navigation', { name: /^(主导航|Main)$/ })
      .getByRole('link', { name: word })
      .click();
  }

  async write(text) {
    const { page } = this;
    await page.getByRole('textbox', { name: /^(发消息|Write a message)$/ }).fill(text);
    if (phone) await page.getByRole('button', { name: /^(发送|Send)$/ }).click();
    else await page.keyboard.press('Enter');
  }

  message(text) {
    return this.page.getByRole('region', { name: /^(消息记录|Messages)$/ }).getByText(text, { exact: true });
  }

  async leave() {
    await this.context.close();
    const errors = this.errors.filter((error) => !this.forgiven.some((pattern) => pattern.test(error)));
    assert.deepEqual(errors, [], 'errors on the page or in its console');
  }
}

// What a finger could miss. Links inside of a sentence are as high as their line.
function smallTargets() {
  const targets = [...document.querySelectorAll('a, button, input, textarea, summary, label:not([for]), [role=option]')];
  return targets
    .filter((element) => {
      const { width, height, top, left } = element.getBoundingClientRect();
      const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && top >= 0 && left >= 0;
      const inside = element.closest('label, dd, [role=listitem] span') !== null && element.tagName !== 'LABEL';
      return seen && !inside && height < 44;
    })
    .map((element) => element.outerHTML.slice(0, 160));
}

// A condition that comes true soon, for what no locator can wait for.
export async function soon(condition, what, patience = 10_000) {
  for (const until = Date.now() + patience; Date.now() < until; ) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`it did not come true: ${what}`);
}
