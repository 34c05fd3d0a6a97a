// A server of one's own for the journeys: the release build, the demo organisation, a folder and a port that nobody else has.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
export const program = process.env.CARILLON_PROGRAM ?? join(root, 'build/release/carillon');

export async function openHouse(engine) {
  const data = await mkdtemp(join(tmpdir(), 'carillon-journey-'));
  const database = engine === 'postgres' ? await newDatabase() : undefined;
  const settings = ['--data', data, '--operator-name', 'Carillon', ...(database ? ['--database', database.address] : [])];
  const demo = join(root, 'tools/demo/out/demo.jsonl');
  await run(process.execPath, [join(root, 'tools/demo/build.mjs')], { cwd: root, timeout: 120_000 });
  await run(program, ['admin', 'demo', ...settings, '--from', demo], { timeout: 300_000 });

  const server = spawn(program, ['serve', ...settings, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await addressOf(server);
  const people = (await readFile(join(data, 'demo-people.txt'), 'utf8')).trim().split('\n');
  const [one, two] = people.map((line) => line.split('\t').slice(1).join(':'));
  const close = async () => {
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await rm(data, { recursive: true, force: true });
    await database?.drop();
  };
  // The settings of the house under their usual names, for commands that are run beside it.
  const where = { CARILLON_DATA: data, ...(database && { CARILLON_DATABASE: database.address }) };
  return { env: { CARILLON_URL: url, CARILLON_ONE: one, CARILLON_TWO: two, ...where }, close };
}

function addressOf(server) {
  return new Promise((found, failed) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (line.startsWith('http://')) found(line.trim());
    });
    server.on('exit', (code) => failed(new Error(`the server ended with ${code} before it listened`)));
  });
}

async function newDatabase() {
  const server = process.env.CARILLON_TEST_POSTGRES;
  if (!server) throw new Error('CARILLON_TEST_POSTGRES names no server; see tools/pg');
  const name = `journey_${process.pid}_${Date.now().toString(36)}`;
  const ask = (sql) => run('psql', [server, '-X', '-q', '-c', sql], { timeout: 60_000 });
  await ask(`create database ${name}`);
  // Not a URL in the eyes of JavaScript: the host may be a folder.
  const address = server.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`);
  return { address, drop: () => ask(`drop database ${name} with (force)`) };
}
