// Runs the journeys; README.md says how.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openHouse } from './server.mjs';

const { values: given } = parseArgs({
  options: {
    engine: { type: 'string' },
    width: { type: 'string', default: process.env.WIDTH ?? '1440' },
    shots: { type: 'string', default: process.env.CARILLON_SHOTS ?? '' },
    only: { type: 'string' },
  },
});

const folder = new URL('.', import.meta.url);
const journeys = readdirSync(folder)
  .filter((name) => name.endsWith('.test.mjs') && (given.only === undefined || name === `${given.only}.test.mjs`))
  .map((name) => new URL(name, folder).pathname);

const house = given.engine === undefined ? undefined : await openHouse(given.engine);
const env = { ...process.env, ...house?.env, WIDTH: given.width, CARILLON_SHOTS: given.shots };
for (const name of ['CARILLON_URL', 'CARILLON_ONE', 'CARILLON_TWO', 'CARILLON_DATA']) {
  if (!env[name]) throw new Error(`${name} is not set; name an engine, or a running server`);
}

const counts = { pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
try {
  const runner = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=tap', ...journeys], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rest = '';
  runner.stdout.on('data', (bytes) => {
    process.stdout.write(bytes);
    const lines = (rest + bytes).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, name, count] = /^# (pass|fail|cancelled|skipped|todo) (\d+)$/.exec(line) ?? [];
      if (name) counts[name] = Number(count);
    }
  });
  await new Promise((done) => runner.on('close', done));
} finally {
  await house?.close();
}

const failed = counts.fail + counts.cancelled + counts.skipped + counts.todo;
console.log(`${counts.pass} passed, ${failed} failed`);
process.exitCode = failed === 0 && counts.pass > 0 ? 0 : 1;
