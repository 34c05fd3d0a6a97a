// Draws the PNG icons from public/favicon.svg with the browser that the journeys use.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const folder = new URL('../public/', import.meta.url);
const mark = readFileSync(new URL('favicon.svg', folder), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});

async function draw(name, size, { bleed }) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  // A maskable icon is cut to any shape: colour to the edge, the mark inside the safe zone.
  const svg = bleed ? mark.replace('rx="14"', '').replace('viewBox="0 0 64 64"', 'viewBox="0 0 64 64" style="transform:scale(.84)"') : mark;
  await page.setContent(`<style>*{margin:0}body{background:${bleed ? '#9a6b2f' : 'transparent'}}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}

await draw('icon-192.png', 192, { bleed: false });
await draw('icon-512.png', 512, { bleed: false });
await draw('icon-maskable-512.png', 512, { bleed: true });
await browser.close();
